#pragma once

#include <map>

#include "chaos-agent/faults/target.hpp"
#include "chaos-agent/system/group_places.hpp"
#include "chaos-agent/system/own_group.hpp"

/// Where control groups of ours are made: below the agent's own, so that they end with its unit.
namespace shakedown::injectors {

/// Limits by controller: "cpu", "memory", "pids".
using GroupLimits = std::map<std::string, std::vector<system::GroupLimit>>;

/// How the hierarchy of a controller is spoken to on this host; a failure where a group of ours
/// cannot be made and limited by it.
system::Got<system::GroupPlace> roomFor(std::string const& controller);

/// The name of what a kind of fault makes for that target: the same whenever it is planned, and
/// another one for what other agents do to it.
std::string ownNameOf(std::string const& kind, Target const& target);

/// Groups of that name with those limits. A failure if one is there already.
system::Got<std::vector<system::OwnGroup>> planGroups(std::string const& name,
                                                      GroupLimits const& limits);

} // namespace shakedown::injectors
