#include "sim/faults/fault.hpp"
#include "sim/faults/targets.hpp"
#include "sim/faults/wire.hpp"

namespace shakedown::faults {

// Messages are lost with a probability of their own each; TCP sends them again.
Undo inject(world::World& world, model::Loss const& fault, Occurrence const& occurrence) {
    auto const links = linksOf(world, fault.target);
    world::NetworkModifier modifier;
    modifier.id = occurrence.id;
    modifier.direction = fault.direction;
    modifier.loss = fault.share.value();
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
