#include "sim/faults/fault.hpp"
#include "sim/faults/targets.hpp"

namespace shakedown::faults {

// A share of the requests that start service is answered with an error at once.
Undo inject(world::World& world, model::Errors const& fault, Occurrence const& occurrence) {
    auto const replicas = replicasOf(world, fault.target, occurrence);
    world::ErrorModifier const modifier{occurrence.id, endpointOf(world, fault.target),
                                        fault.share.value(), world::failureKindOf(fault.status)};
    for (auto const replica : replicas)
        world.addErrors(replica, modifier);
    return [replicas, id = occurrence.id](world::World& w) {
        for (auto const replica : replicas)
            w.removeModifiers(replica, id);
    };
}

} // namespace shakedown::faults
