#include "sim/faults/targets.hpp"

#include <algorithm>
#include <cmath>

namespace shakedown::faults {

using world::nothing;

namespace {

std::uint32_t indexIn(std::vector<std::string> const& names, std::string const& name) {
    auto const found = std::find(names.begin(), names.end(), name);
    return found == names.end() ? nothing : static_cast<std::uint32_t>(found - names.begin());
}

// So many of a service's replicas, each equally likely, by the smallest of their random numbers.
// These belong to a replica's number within its service, which other services do not shift.
std::vector<std::uint32_t> drawn(std::vector<std::uint32_t> const& all, std::size_t count,
                                 Occurrence const& occurrence) {
    std::vector<std::pair<std::uint64_t, std::size_t>> lots;
    for (std::size_t number = 0; number < all.size(); ++number)
        lots.emplace_back(occurrence.stream.words(occurrence.number, number).first, number);
    std::sort(lots.begin(), lots.end());
    lots.resize(std::min(count, lots.size()));
    std::vector<std::uint32_t> chosen;
    for (auto const& [lot, number] : lots)
        chosen.push_back(all[number]);
    std::sort(chosen.begin(), chosen.end());
    return chosen;
}

} // namespace

std::uint32_t serviceNamed(world::World const& world, std::string const& name) {
    return indexIn(world.plan().names.services, name);
}

std::uint32_t endpointOf(world::World const& world, model::Target const& target) {
    if (target.call && !target.call->callee.endpoint.empty())
        return indexIn(world.plan().names.endpoints, model::toText(target.call->callee));
    if (target.endpoint.empty())
        return nothing;
    return indexIn(world.plan().names.endpoints, target.service + "/" + target.endpoint);
}

std::vector<std::uint32_t> replicasOf(world::World const& world, model::Target const& target,
                                      Occurrence const& occurrence) {
    if (!target.zone.empty())
        return world.replicasIn(zoneNamed(world, target.zone));
    if (!target.host.empty())
        return world.replicasOn(indexIn(world.plan().names.hosts, target.host));
    std::uint32_t const service = serviceNamed(world, target.service);
    if (service == nothing)
        return {};
    auto const all = world.replicasOf(service);
    if (auto const* count = std::get_if<model::ReplicaCount>(&target.replicas))
        return drawn(all, static_cast<std::size_t>(std::max(0, count->count)), occurrence);
    if (auto const* share = std::get_if<model::ReplicaShare>(&target.replicas)) {
        double const n = std::ceil(share->share.value() * static_cast<double>(all.size()) - 1e-9);
        return drawn(all, static_cast<std::size_t>(std::max(0.0, n)), occurrence);
    }
    if (auto const* list = std::get_if<model::ReplicaList>(&target.replicas)) {
        std::vector<std::uint32_t> chosen;
        for (int const number : list->numbers)
            if (number >= 0 && static_cast<std::size_t>(number) < all.size())
                chosen.push_back(all[static_cast<std::size_t>(number)]);
        return chosen;
    }
    return all;
}

std::uint32_t zoneNamed(world::World const& world, std::string const& name) {
    return indexIn(world.plan().zoneNames, name);
}

std::uint32_t wireOf(world::World const& world, model::Target const& target) {
    return target.link.empty() ? nothing : indexIn(world.plan().names.links, target.link);
}

std::vector<world::MachineId> machinesOf(world::World const& world, model::Target const& target,
                                         Occurrence const& occurrence) {
    if (!world.hasMachines())
        return {};
    if (!target.host.empty())
        return {indexIn(world.plan().names.hosts, target.host)};
    std::vector<world::MachineId> machines;
    if (!target.zone.empty()) {
        auto const& zones = world.plan().hosting->zones;
        std::uint32_t const zone = zoneNamed(world, target.zone);
        for (world::MachineId m = 0; m < zones.size(); ++m)
            if (zones[m] == zone)
                machines.push_back(m);
        return machines;
    }
    for (auto const replica : replicasOf(world, target, occurrence))
        machines.push_back(world.machineOf(replica));
    std::sort(machines.begin(), machines.end());
    machines.erase(std::unique(machines.begin(), machines.end()), machines.end());
    return machines;
}

std::vector<std::uint32_t> linksOf(world::World const& world, model::Target const& target) {
    auto const& plan = world.plan();
    std::vector<std::uint32_t> links;
    for (std::uint32_t i = 0; i < plan.links.size(); ++i) {
        auto const& link = plan.links[i];
        auto const& caller =
            link.fromLoad ? plan.names.loads[link.caller] : plan.names.services[link.caller];
        auto const& callee = plan.names.services[link.callee];
        bool fits = !target.service.empty() && callee == target.service;
        if (target.call) {
            bool const callerFits =
                target.call->caller == "*" ? !link.fromLoad : target.call->caller == caller;
            bool const calleeFits =
                target.call->callee.service == "*" || target.call->callee.service == callee;
            fits = callerFits && calleeFits;
        }
        if (fits)
            links.push_back(i);
    }
    return links;
}

} // namespace shakedown::faults
