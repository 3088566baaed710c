#include "sim/faults/fault.hpp"
#include "sim/faults/targets.hpp"

namespace shakedown::faults {

// An unplanned restart: it stops at once for what waits, and starts again; callers are not told.
Undo inject(world::World& world, model::Restart const& fault, Occurrence const& occurrence) {
    for (auto const replica : replicasOf(world, fault.target, occurrence)) {
        world.crash(replica);
        world.start(replica);
    }
    return {};
}

} // namespace shakedown::faults
