#include "sim/faults/fault.hpp"
#include "sim/faults/targets.hpp"

namespace shakedown::faults {

// A link of the platform carries less for all its messages together; a call for each of its own.
Undo inject(world::World& world, model::BandwidthFault const& fault, Occurrence const& occurrence) {
    if (auto const wire = wireOf(world, fault.target); wire != world::nothing) {
        world.limitLink(wire, {occurrence.id, fault.limit});
        return [wire, id = occurrence.id](world::World& w) {
            w.limitLink(wire, {id, Bandwidth()});
        };
    }
    auto const links = linksOf(world, fault.target);
    world::NetworkModifier modifier;
    modifier.id = occurrence.id;
    modifier.limit = fault.limit;
    for (auto const link : links)
        world.addToLink(link, modifier);
    return [links, id = occurrence.id](world::World& w) {
        for (auto const link : links)
            w.removeFromLink(link, id);
    };
}

} // namespace shakedown::faults
