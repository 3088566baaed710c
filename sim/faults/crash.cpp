#include "sim/faults/fault.hpp"
#include "sim/faults/targets.hpp"

namespace shakedown::faults {

// The process dies; what it held is reset. It starts again when the fault ends.
Undo inject(world::World& world, model::Crash const& fault, Occurrence const& occurrence) {
    auto const replicas = replicasOf(world, fault.target, occurrence);
    for (auto const replica : replicas)
        world.crash(replica);
    return [replicas](world::World& w) {
        for (auto const replica : replicas)
            w.start(replica);
    };
}

} // namespace shakedown::faults
