#include "sim/faults/fault.hpp"
#include "sim/faults/targets.hpp"
#include "sim/faults/wire.hpp"

namespace shakedown::faults {

// What is sent vanishes without a word: for a call on its link, for a service at its replicas.
Undo inject(world::World& world, model::BlackHole const& fault, Occurrence const& occurrence) {
    if (auto const wire = wireOf(world, fault.target); wire != world::nothing) {
        world::NetworkModifier modifier;
        modifier.id = occurrence.id;
        modifier.direction = model::Direction::Both;
        return disturbWire(world, {wire, modifier, true});
    }
    if (fault.target.call) {
        auto const links = linksOf(world, fault.target);
        for (auto const link : links)
            world.block(link, false);
        return [links](world::World& w) {
            for (auto const link : links)
                w.unblock(link, false);
        };
    }
    auto const replicas = replicasOf(world, fault.target, occurrence);
    for (auto const replica : replicas)
        world.blackHole(replica, true);
    return [replicas](world::World& w) {
        for (auto const replica : replicas)
            w.blackHole(replica, false);
    };
}

} // namespace shakedown::faults
