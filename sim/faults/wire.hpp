#pragma once

#include "sim/faults/fault.hpp"

namespace shakedown::faults {

/// Does something to all messages that cross a link of the platform, until it is taken back.
Undo disturbWire(world::World& world, world::WireModifier const& modifier);

} // namespace shakedown::faults
