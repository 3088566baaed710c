#pragma once

#include "chaos-agent/faults/group_room.hpp"
#include "chaos-agent/faults/planner.hpp"

/// What every stress has, whatever it takes.
namespace shakedown::injectors {

/// Where the program is that does it (stress-ng(1)); empty if this host has none.
std::string stressProgram();

/// A stress that does what those words say, limited so, by so many workers. Fails where this host
/// has no such program or no room for its control groups. It ends by itself soon after the
/// `duration` of its fault, whoever is dead then, and what the kernel ends of it for want of memory
/// is not begun again.
system::Got<Stress> planStress(std::string const& kind, Target const& target, Duration duration,
                               system::Words const& does, GroupLimits limits, std::int64_t workers);

} // namespace shakedown::injectors
