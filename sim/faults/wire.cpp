#include "sim/faults/wire.hpp"

namespace shakedown::faults {

Undo disturbWire(world::World& world, world::WireModifier const& modifier) {
    world.addToWire(modifier);
    return [link = modifier.link, id = modifier.what.id](world::World& w) {
        w.removeFromWire(link, id);
    };
}

} // namespace shakedown::faults
