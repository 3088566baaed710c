#include "sim/faults/fault.hpp"
#include "sim/faults/targets.hpp"

namespace shakedown::faults {

// The machine runs at a part of its speed, for work under way too.
Undo inject(world::World& world, model::BrownOut const& fault, Occurrence const& occurrence) {
    auto const machines = machinesOf(world, fault.target, occurrence);
    for (auto const machine : machines)
        world.slowMachine(machine, {occurrence.id, fault.speed.value()});
    return [machines, id = occurrence.id](world::World& w) {
        for (auto const machine : machines)
            w.removeFromMachine(machine, id);
    };
}

} // namespace shakedown::faults
