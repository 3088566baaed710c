#pragma once

#include "chaos-agent/faults/operation.hpp"

namespace shakedown::injectors {

/// Another process than `before` runs in its place, and its address, if it has one, takes
/// connections. NotYet while that can still come.
Verdict isBack(Comeback const& comeback, system::ProcessId const& before);

/// The words of an action, for people.
std::string textOf(system::Words const& words);

} // namespace shakedown::injectors
