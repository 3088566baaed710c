#include "sim/world/hosting_plan.hpp"

#include <algorithm>
#include <map>
#include <optional>

#include "sim/platform/survey.hpp"

namespace shakedown::world {

namespace {

using model::PlatformSection;
using model::Scenario;
using platform::Blueprint;
using platform::nowhere;

Blueprint blueprintOf(PlatformSection const& section) {
    Blueprint blueprint;
    blueprint.measuresEnergy = section.energy;
    for (auto const& host : section.hosts)
        blueprint.machines.push_back(
            {host.name, host.zone, host.speed, host.cores, host.idleWatts, host.busyWatts});
    for (auto const& link : section.links)
        blueprint.links.push_back(
            {link.name, link.between, link.bandwidth, link.latency,
             link.shared ? platform::Sharing::BothDirections : platform::Sharing::EachDirection});
    return blueprint;
}

// Deals replicas out to machines, and remembers how many stand on each.
class Placing {
public:
    explicit Placing(std::vector<platform::MachineSpec> const& machines)
        : machines_(machines), held_(machines.size()) {}

    std::vector<MachineId> place(model::Service const& service, model::Placement how) {
        std::vector<MachineId> places;
        std::vector<std::size_t> own(machines_.size());
        auto const zones = zonesFor(service, how);
        // More than are wanted at first, for those that scaling adds.
        std::size_t const count =
            static_cast<std::size_t>(std::max(1, service.replicas)) + machines_.size();
        for (std::size_t r = 0; r < count; ++r) {
            std::string const zone = zones.empty() ? std::string() : zones[r % zones.size()];
            auto const fits = candidates(zone);
            if (fits.empty())
                return {};
            MachineId const chosen =
                how == model::Placement::Pack ? packed(fits) : spread(fits, own);
            ++own[chosen];
            if (r < static_cast<std::size_t>(service.replicas))
                ++held_[chosen];
            places.push_back(chosen);
        }
        return places;
    }

private:
    // Those a service names; by zone, all there are.
    std::vector<std::string> zonesFor(model::Service const& service, model::Placement how) const {
        if (!service.zones.empty() || how != model::Placement::ByZone)
            return service.zones;
        std::vector<std::string> zones;
        for (auto const& machine : machines_)
            if (std::find(zones.begin(), zones.end(), machine.zone) == zones.end())
                zones.push_back(machine.zone);
        return zones;
    }

    std::vector<MachineId> candidates(std::string const& zone) const {
        std::vector<MachineId> fits;
        for (MachineId m = 0; m < machines_.size(); ++m)
            if (machines_[m].speed > 0 && (zone.empty() || machines_[m].zone == zone))
                fits.push_back(m);
        return fits;
    }

    // Where the fewest of its own stand, then the fewest of all, then the first.
    MachineId spread(std::vector<MachineId> const& fits,
                     std::vector<std::size_t> const& own) const {
        return *std::min_element(fits.begin(), fits.end(), [&](MachineId a, MachineId b) {
            return std::pair(own[a], held_[a]) < std::pair(own[b], held_[b]);
        });
    }

    // The first with a core for each replica on it; when all are full, where it is least crowded.
    MachineId packed(std::vector<MachineId> const& fits) const {
        auto const cores = [&](MachineId m) {
            return static_cast<std::size_t>(machines_[m].cores);
        };
        auto const room = std::find_if(fits.begin(), fits.end(),
                                       [&](MachineId m) { return held_[m] < cores(m); });
        if (room != fits.end())
            return *room;
        return *std::min_element(fits.begin(), fits.end(), [&](MachineId a, MachineId b) {
            return held_[a] * cores(b) < held_[b] * cores(a);
        });
    }

    std::vector<platform::MachineSpec> const& machines_;
    std::vector<std::size_t> held_; // replicas
};

class Hosting {
public:
    Hosting(Scenario const& scenario, std::vector<Edge> const& edges)
        : scenario_(scenario), section_(*scenario.platform), edges_(edges) {}

    Result<std::shared_ptr<HostingPlan const>>
    compile(std::function<std::uint32_t(std::string const&)> const& zone) {
        if (!takeBlueprint())
            return findings_;
        placeAll();
        for (auto const& machine : plan_.blueprint.machines)
            plan_.zones.push_back(machine.zone.empty() ? nothing : zone(machine.zone));
        takeProfiles();
        if (section_.file.empty())
            joinLinks();
        checkNames();
        if (!findings_.empty())
            return findings_;
        return std::make_shared<HostingPlan const>(std::move(plan_));
    }

private:
    bool takeBlueprint() {
        if (section_.file.empty()) {
            plan_.blueprint = blueprintOf(section_);
            return true;
        }
        auto surveyed = platform::survey(section_.fileAt);
        if (!surveyed) {
            auto const& why = surveyed.errors().front();
            refuse("the platform '" + section_.file + "': " + why.message, section_.place,
                   why.hint);
            return false;
        }
        plan_.blueprint = std::move(surveyed).value();
        plan_.blueprint.measuresEnergy = section_.energy;
        return true;
    }

    void placeAll() {
        Placing placing(plan_.blueprint.machines);
        for (auto const& service : scenario_.services) {
            auto places = explicitly(service.name);
            if (places.empty())
                places = placing.place(service, section_.placement);
            if (places.empty())
                refuse("'" + service.name + "' finds no host", service.place,
                       "no host of its zones has a speed");
            plan_.replicas.push_back(std::move(places));
        }
        for (auto const& load : scenario_.loads) {
            auto const places = explicitly(load.name);
            plan_.loads.push_back(places.empty() ? nowhere : places.front());
        }
    }

    std::vector<MachineId> explicitly(std::string const& name) {
        std::vector<MachineId> places;
        for (auto const& rule : section_.explicitly)
            if (rule.service == name)
                for (auto const& host : rule.hosts)
                    if (auto const found = machineNamed(host, rule.place))
                        places.push_back(*found);
        return places;
    }

    std::optional<MachineId> machineNamed(std::string const& name, Place const& place) {
        auto const& machines = plan_.blueprint.machines;
        auto const found = std::find_if(machines.begin(), machines.end(),
                                        [&](auto const& m) { return m.name == name; });
        if (found != machines.end())
            return static_cast<MachineId>(found - machines.begin());
        refuse("the platform has no host '" + name + "'", place);
        return std::nullopt;
    }

    void takeProfiles() {
        using What = HostingPlan::Change::What;
        for (std::uint32_t m = 0; m < section_.hosts.size(); ++m) {
            addChanges(section_.hosts[m].speedProfile, What::MachineSpeed, m);
            addChanges(section_.hosts[m].stateProfile, What::MachineState, m);
        }
        for (std::uint32_t l = 0; l < section_.links.size(); ++l)
            addChanges(section_.links[l].stateProfile, What::LinkState, l);
        std::stable_sort(plan_.changes.begin(), plan_.changes.end(),
                         [](auto const& a, auto const& b) { return a.at < b.at; });
    }

    void addChanges(model::Profile const& profile, HostingPlan::Change::What what,
                    std::uint32_t target) {
        if (!profile.steps)
            return;
        for (Duration round; round <= scenario_.run.lasts; round = round + profile.period) {
            for (auto const& step : *profile.steps)
                if (round + step.at <= scenario_.run.lasts)
                    plan_.changes.push_back({round + step.at, what, target, step.value});
            if (plan_.changes.size() > mostChanges)
                return refuse("the profiles change more than " + std::to_string(mostChanges)
                                  + " times within the run",
                              section_.place);
            if (profile.period.isNone())
                return;
        }
    }

    // Machines and zones that links join, directly or not, are one group.
    void joinLinks() {
        for (auto const& machine : section_.hosts)
            if (!machine.zone.empty() && !hasOwnLink(machine.name))
                join(machine.name, machine.zone);
        for (auto const& link : section_.links)
            for (auto const& end : link.between)
                join(end, link.between.front());
        for (auto const& way : callersAndCallees())
            if (way.from != way.to && leaderOf(nameOf(way.from)) != leaderOf(nameOf(way.to)))
                return refuse("no link leads from host '" + nameOf(way.from) + "' to '"
                                  + nameOf(way.to) + "', where a caller and its callee stand",
                              section_.place, "join the two, or their zones, under 'links:'");
    }

    bool hasOwnLink(std::string const& name) const {
        return std::any_of(section_.links.begin(), section_.links.end(), [&](auto const& link) {
            return std::find(link.between.begin(), link.between.end(), name) != link.between.end();
        });
    }

    std::string const& leaderOf(std::string const& name) {
        auto const found = leaders_.find(name);
        return found == leaders_.end() || found->second == name ? name : leaderOf(found->second);
    }
    void join(std::string const& a, std::string const& b) {
        std::string const from = leaderOf(a);
        std::string const to = leaderOf(b);
        leaders_[from] = to;
        leaders_.try_emplace(to, to);
    }
    std::string const& nameOf(MachineId machine) const {
        return plan_.blueprint.machines[machine].name;
    }

    struct Way {
        MachineId from;
        MachineId to;
    };
    std::vector<Way> callersAndCallees() const {
        std::vector<Way> ways;
        for (auto const& edge : edges_) {
            auto const from =
                edge.fromLoad ? std::vector{plan_.loads[edge.caller]} : plan_.replicas[edge.caller];
            for (auto const a : from)
                for (auto const b : plan_.replicas[edge.callee])
                    if (a != nowhere)
                        ways.push_back({a, b});
        }
        return ways;
    }

    // Names of hosts and links in a file of SimGrid's own are known only now.
    void checkNames() {
        if (section_.file.empty())
            return;
        for (auto const& fault : scenario_.faults)
            std::visit(
                [&](auto const& what) {
                    if constexpr (requires { what.target; })
                        checkTarget(what.target, fault.place);
                },
                fault.what);
    }
    void checkTarget(model::Target const& target, Place const& place) {
        auto const& links = plan_.blueprint.links;
        if (!target.host.empty())
            machineNamed(target.host, place);
        bool const isLink = std::any_of(links.begin(), links.end(),
                                        [&](auto const& l) { return l.name == target.link; });
        if (!target.link.empty() && !isLink)
            refuse("the platform has no link '" + target.link + "'", place);
        auto const& machines = plan_.blueprint.machines;
        bool const isZone = std::any_of(machines.begin(), machines.end(),
                                        [&](auto const& m) { return m.zone == target.zone; });
        if (!target.zone.empty() && !isZone)
            refuse("the platform has no zone '" + target.zone + "' with hosts in it", place);
    }

    void refuse(std::string message, Place const& place, std::string hint = {}) {
        findings_.push_back({Severity::Error, "E903", std::move(message), std::move(hint), place});
    }

    static constexpr std::size_t mostChanges = 1'000'000;

    Scenario const& scenario_;
    PlatformSection const& section_;
    std::vector<Edge> const& edges_;
    HostingPlan plan_;
    Diagnostics findings_;
    std::map<std::string, std::string> leaders_;
};

} // namespace

bool sameMachines(HostingPlan const& a, HostingPlan const& b) {
    auto const sameMachine = [](auto const& x, auto const& y) {
        return x.name == y.name && x.zone == y.zone && x.speed == y.speed && x.cores == y.cores;
    };
    auto const sameLink = [](auto const& x, auto const& y) {
        return x.name == y.name && x.ends == y.ends && x.bandwidth == y.bandwidth
               && x.latency == y.latency && x.sharing == y.sharing;
    };
    auto const& machines = b.blueprint.machines;
    auto const& links = b.blueprint.links;
    return std::equal(a.blueprint.machines.begin(), a.blueprint.machines.end(), machines.begin(),
                      machines.end(), sameMachine)
           && std::equal(a.blueprint.links.begin(), a.blueprint.links.end(), links.begin(),
                         links.end(), sameLink)
           && a.loads == b.loads;
}

Result<std::shared_ptr<HostingPlan const>>
hostingOf(Scenario const& scenario, std::vector<Edge> const& edges,
          std::function<std::uint32_t(std::string const&)> const& zone) {
    return Hosting(scenario, edges).compile(zone);
}

} // namespace shakedown::world
