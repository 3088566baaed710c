#include <algorithm>

#include "sim/faults/fault.hpp"
#include "sim/faults/targets.hpp"

namespace shakedown::faults {

namespace {

bool stands(std::vector<std::string> const& side, std::string const& name) {
    for (auto const& member : side)
        if (member == name)
            return true;
    return false;
}

// A name on a side is a service, a load or a zone.
world::Side sideOf(world::World const& world, std::vector<std::string> const& names) {
    auto const& known = world.plan().names;
    world::Side side;
    for (auto const& name : names) {
        auto const numberIn = [&](std::vector<std::string> const& list) {
            auto const found = std::find(list.begin(), list.end(), name);
            return found == list.end() ? world::nothing
                                       : static_cast<std::uint32_t>(found - list.begin());
        };
        if (auto const service = numberIn(known.services); service != world::nothing)
            side.services.push_back(service);
        else if (auto const load = numberIn(known.loads); load != world::nothing)
            side.loads.push_back(load);
        else if (auto const zone = zoneNamed(world, name); zone != world::nothing)
            side.zones.push_back(zone);
    }
    return side;
}

} // namespace

// Nothing passes between the sides, either way; with `hold` it is delivered together at the end.
Undo inject(world::World& world, model::Partition const& fault, Occurrence const& occurrence) {
    world::Cut cut{
        occurrence.id, sideOf(world, fault.between), sideOf(world, fault.andSide), fault.hold, {}};
    if (!cut.a.zones.empty() || !cut.b.zones.empty()) {
        world.addCut(std::move(cut));
        return [id = occurrence.id](world::World& w) { w.removeCut(id); };
    }
    auto const& plan = world.plan();
    std::vector<std::uint32_t> links;
    for (std::uint32_t i = 0; i < plan.links.size(); ++i) {
        auto const& link = plan.links[i];
        auto const& caller =
            link.fromLoad ? plan.names.loads[link.caller] : plan.names.services[link.caller];
        auto const& callee = plan.names.services[link.callee];
        bool const crosses = (stands(fault.between, caller) && stands(fault.andSide, callee))
                             || (stands(fault.andSide, caller) && stands(fault.between, callee));
        if (crosses)
            links.push_back(i);
    }
    for (auto const link : links)
        world.block(link, fault.hold);
    return [links, hold = fault.hold](world::World& w) {
        for (auto const link : links)
            w.unblock(link, hold);
    };
}

} // namespace shakedown::faults
