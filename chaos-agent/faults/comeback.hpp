#pragma once

#include "chaos-agent/faults/operation.hpp"

namespace shakedown::injectors {

/// Another process than `before` runs in its place, and its address, if it has one, takes
/// connections. NotYet while that can still come.
Verdict isBack(Comeback const& comeback, system::ProcessId const& before);

/// Whether somebody listens there, asked from inside of the namespace; within 200 ms.
bool takesConnections(proxy::Address const& address, system::NetworkNamespace const& place);

/// The words of an action, for people.
std::string textOf(system::Words const& words);

} // namespace shakedown::injectors
