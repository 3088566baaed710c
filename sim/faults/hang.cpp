#include "sim/faults/fault.hpp"
#include "sim/faults/targets.hpp"

namespace shakedown::faults {

// The process holds everything and answers nothing until the fault ends.
Undo inject(world::World& world, model::Hang const& fault, Occurrence const& occurrence) {
    auto const replicas = replicasOf(world, fault.target, occurrence);
    for (auto const replica : replicas)
        world.hang(replica);
    return [replicas](world::World& w) {
        for (auto const replica : replicas)
            w.resume(replica);
    };
}

} // namespace shakedown::faults
