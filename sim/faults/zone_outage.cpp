#include <algorithm>

#include "sim/faults/fault.hpp"
#include "sim/faults/targets.hpp"

namespace shakedown::faults {

namespace {

// The links that end in the zone.
std::vector<world::LinkId> linksInto(world::World const& world, std::string const& zone) {
    std::vector<world::LinkId> found;
    auto const& links = world.plan().hosting->blueprint.links;
    for (world::LinkId l = 0; l < links.size(); ++l)
        if (std::find(links[l].ends.begin(), links[l].ends.end(), zone) != links[l].ends.end())
            found.push_back(l);
    return found;
}

} // namespace

// Machines and links of the zone are down; where there are no machines, the replicas that stand
// there.
Undo inject(world::World& world, model::ZoneOutage const& fault, Occurrence const& occurrence) {
    if (!world.hasMachines()) {
        auto const replicas = replicasOf(world, fault.target, occurrence);
        for (auto const replica : replicas)
            world.fellReplica(replica);
        return [replicas](world::World& w) {
            for (auto const replica : replicas)
                w.raiseReplica(replica);
        };
    }
    auto const machines = machinesOf(world, fault.target, occurrence);
    auto const links = linksInto(world, fault.target.zone);
    for (auto const machine : machines)
        world.fell(machine);
    for (auto const link : links)
        world.cutLink(link);
    return [machines, links](world::World& w) {
        for (auto const link : links)
            w.mendLink(link);
        for (auto const machine : machines)
            w.raise(machine);
    };
}

} // namespace shakedown::faults
