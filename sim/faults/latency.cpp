#include "sim/faults/fault.hpp"
#include "sim/faults/targets.hpp"
#include "sim/faults/wire.hpp"

namespace shakedown::faults {

// Every message of the named direction takes longer.
Undo inject(world::World& world, model::Latency const& fault, Occurrence const& occurrence) {
    auto const links = linksOf(world, fault.target);
    world::NetworkModifier modifier;
    modifier.id = occurrence.id;
    modifier.direction = fault.direction;
    modifier.add = world::Law(fault.add);
    if (auto const wire = wireOf(world, fault.target); wire != world::nothing)
        return disturbWire(world, {wire, modifier, false});
    modifier.endpoint = endpointOf(world, fault.target);
    for (auto const link : links)
        world.addToLink(link, modifier);
    return [links, id = occurrence.id](world::World& w) {
        for (auto const link : links)
            w.removeFromLink(link, id);
    };
}

} // namespace shakedown::faults
