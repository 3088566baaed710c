#include "sim/faults/fault.hpp"
#include "sim/faults/targets.hpp"

namespace shakedown::faults {

// Somebody else takes a share of the processor: own work takes 1 / (1 - share) as long.
Undo inject(world::World& world, model::Cpu const& fault, Occurrence const& occurrence) {
    auto const replicas = replicasOf(world, fault.target, occurrence);
    for (auto const replica : replicas)
        world.steal(replica, {occurrence.id, fault.steal.value()});
    return [replicas, id = occurrence.id](world::World& w) {
        for (auto const replica : replicas)
            w.removeModifiers(replica, id);
    };
}

} // namespace shakedown::faults
