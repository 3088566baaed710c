#include "sim/faults/fault.hpp"
#include "sim/faults/targets.hpp"

namespace shakedown::faults {

// Like a crash, but nothing starts it again unless the fault was given an end.
Undo inject(world::World& world, model::Kill const& fault, Occurrence const& occurrence) {
    auto const replicas = replicasOf(world, fault.target, occurrence);
    for (auto const replica : replicas)
        world.crash(replica);
    if (!occurrence.hasEnd)
        return {};
    return [replicas](world::World& w) {
        for (auto const replica : replicas)
            w.start(replica);
    };
}

} // namespace shakedown::faults
