#pragma once

#include "chaos-agent/system/group_places.hpp"
#include "scenarios/vocabulary/quantities.hpp"

namespace shakedown::system {

/// What a group and those above it may still take before the kernel ends somebody in them, what
/// can be had back of files counted as free; a very large number where nothing limits them.
Bytes headroomOf(GroupPlace const& place);

/// What those in the group of that directory hold; nothing where the kernel does not count it.
Bytes heldIn(std::string const& directory);

} // namespace shakedown::system
