#include "sim/faults/fault.hpp"
#include "sim/faults/targets.hpp"

namespace shakedown::faults {

// A wait once for each request that starts service, or work that takes `factor` as long.
Undo inject(world::World& world, model::Slow const& fault, Occurrence const& occurrence) {
    auto const replicas = replicasOf(world, fault.target, occurrence);
    world::SlowModifier const modifier{occurrence.id, endpointOf(world, fault.target),
                                       world::Law(fault.add.value_or(model::Distribution())),
                                       fault.factor};
    for (auto const replica : replicas)
        world.addSlow(replica, modifier);
    return [replicas, id = occurrence.id](world::World& w) {
        for (auto const replica : replicas)
            w.removeModifiers(replica, id);
    };
}

} // namespace shakedown::faults
