#pragma once

#include "chaos-agent/faults/planner.hpp"

namespace shakedown::injectors {

/// Files of ours that fill a filesystem begin so, and nobody else's should.
inline constexpr char const* fillPrefix = ".shakedown-fill-";

/// A filesystem that the system or the agent itself lives on keeps so much in any case.
inline constexpr Bytes keptForTheHost = Bytes::of(64LL << 20);

/// What is left free where that directory is, whatever the configuration says.
Bytes keptOn(system::Folder const& folder, Protected const& spared);

/// A file in the directory that the target's configuration allows. Refused where it could not fill
/// the filesystem as far as asked for, which may not be told from a fault that does nothing.
Planned planDisk(protocol::Disk const& disk, Target const& target, Protected const& spared);

} // namespace shakedown::injectors
