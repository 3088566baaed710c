#include "sim/faults/fault.hpp"
#include "sim/faults/targets.hpp"

namespace shakedown::faults {

// The machine is gone, and with it what stands on it; nobody is told.
Undo inject(world::World& world, model::HostDown const& fault, Occurrence const& occurrence) {
    auto const machines = machinesOf(world, fault.target, occurrence);
    for (auto const machine : machines)
        world.fell(machine);
    return [machines](world::World& w) {
        for (auto const machine : machines)
            w.raise(machine);
    };
}

} // namespace shakedown::faults
