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

} // namespace

// Nothing passes between the sides, either way; with `hold` it is delivered together at the end.
Undo inject(world::World& world, model::Partition const& fault, Occurrence const&) {
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
