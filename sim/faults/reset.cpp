#include "sim/faults/fault.hpp"
#include "sim/faults/targets.hpp"

namespace shakedown::faults {

// Open attempts are reset when the fault begins, a share of the new ones on arrival.
Undo inject(world::World& world, model::Reset const& fault, Occurrence const& occurrence) {
    auto const links = linksOf(world, fault.target);
    world::NetworkModifier modifier;
    modifier.id = occurrence.id;
    modifier.reset = fault.share.value();
    modifier.endpoint = endpointOf(world, fault.target);
    for (auto const link : links) {
        world.addToLink(link, modifier);
        world.resetLink(link, modifier.endpoint);
    }
    return [links, id = occurrence.id](world::World& w) {
        for (auto const link : links)
            w.removeFromLink(link, id);
    };
}

} // namespace shakedown::faults
