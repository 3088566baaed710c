#include "sim/faults/fault.hpp"
#include "sim/faults/targets.hpp"

namespace shakedown::faults {

// Somebody else takes a share of the processor: own work takes 1 / (1 - share) as long. On machines
// it is the machine's processor, so all that stands there is slower.
Undo inject(world::World& world, model::Cpu const& fault, Occurrence const& occurrence) {
    if (world.hasMachines()) {
        auto const machines = machinesOf(world, fault.target, occurrence);
        for (auto const machine : machines)
            world.stealFrom(machine, {occurrence.id, fault.steal.value()});
        return [machines, id = occurrence.id](world::World& w) {
            for (auto const machine : machines)
                w.removeFromMachine(machine, id);
        };
    }
    auto const replicas = replicasOf(world, fault.target, occurrence);
    for (auto const replica : replicas)
        world.steal(replica, {occurrence.id, fault.steal.value()});
    return [replicas, id = occurrence.id](world::World& w) {
        for (auto const replica : replicas)
            w.removeModifiers(replica, id);
    };
}

} // namespace shakedown::faults
