#pragma once

#include <cstdint>
#include <string>

#include <sys/types.h>

#include "chaos-agent/system/failure.hpp"

/// Where control groups are on this host (cgroups(7)): version 1 has a hierarchy for each
/// controller, version 2 one for all.
namespace shakedown::system {

/// Where the agent itself is, below the group that its unit was given, so that this one can hand
/// out controllers to others below it (version 2).
inline constexpr char const* agentGroup = "agent";

enum class GroupVersion : std::uint8_t { One, Two };

struct GroupPlace {
    GroupVersion version = GroupVersion::Two;
    std::string directory; // of the group, absolute
    std::string path;      // of the group in its hierarchy; "/" is the root
};

/// The group of that process in the hierarchy of a controller ("cpu", "memory", "pids").
Got<GroupPlace> groupOf(pid_t process, std::string const& controller);

/// The same, from what /proc/self/mountinfo and /proc/PID/cgroup say. Of version 2 it is not known
/// from them which controllers it has.
Got<GroupPlace> groupIn(std::string const& mounts, std::string const& groups,
                        std::string const& controller);

/// Whether a group below this one could be limited by that controller.
bool handsOut(GroupPlace const& place, std::string const& controller);

/// Whether the one is the other, or one below it.
bool isWithin(std::string const& path, std::string const& above);

} // namespace shakedown::system
