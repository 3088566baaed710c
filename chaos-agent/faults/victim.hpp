#pragma once

#include <string>

#include "chaos-agent/faults/planner.hpp"

namespace shakedown::injectors {

/// The process of a target as it is now, if this user can send it signals and may.
system::Got<system::Process> victimOf(Target const& target, Protected const& spared);
bool isSpared(system::ProcessId const& id, Protected const& spared);

/// What a fault holds that touches it.
std::string claimOf(system::ProcessId const& id);

} // namespace shakedown::injectors
