#include "sim/run/reach.hpp"

#include <algorithm>
#include <numeric>
#include <string>
#include <string_view>
#include <type_traits>

#include "scenarios/model/operation.hpp"
#include "sim/faults/targets.hpp"

namespace shakedown::run {

namespace {

using record::EventBegan;

class Reach {
public:
    Reach(world::World const& world, faults::Occurrence const& occurrence)
        : world_(world), occurrence_(occurrence) {}

    // What a process or a machine suffers.
    Reach& replicas(model::Target const& target) {
        for (auto const replica : faults::replicasOf(world_, target, occurrence_))
            reach_.replicas.push_back(world_.nameOf(replica));
        return *this;
    }
    // What messages suffer.
    Reach& messages(model::Target const& target) {
        if (!target.link.empty())
            return everyCall();
        auto const links = faults::linksOf(world_, target);
        std::uint32_t const endpoint = faults::endpointOf(world_, target);
        for (auto const& site : plan().sites) {
            auto const& edge = plan().edges[site.edge];
            bool const isTouched = std::find(links.begin(), links.end(), edge.link) != links.end()
                                   && (endpoint == world::nothing || endpoint == site.endpoint);
            if (isTouched)
                reach_.calls.push_back(edge.call);
        }
        return *this;
    }
    Reach& load(model::Target const& target) {
        auto const& loads = plan().names.loads;
        auto const found = std::find(loads.begin(), loads.end(), target.load);
        if (found != loads.end())
            reach_.loads.push_back(static_cast<std::uint32_t>(found - loads.begin()));
        return *this;
    }
    Reach& everyCall() {
        reach_.calls.resize(plan().names.calls.size());
        std::iota(reach_.calls.begin(), reach_.calls.end(), 0U);
        return *this;
    }
    // Messages between two sides of services, loads and zones.
    Reach& between(model::Partition const& cut) {
        for (auto const& edge : plan().edges) {
            auto const& caller = edge.fromLoad ? plan().names.loads[edge.caller]
                                               : plan().names.services[edge.caller];
            auto const& callee = plan().names.services[edge.callee];
            bool const crosses = (stands(cut.between, caller, edge, true)
                                  && stands(cut.andSide, callee, edge, false))
                                 || (stands(cut.andSide, caller, edge, true)
                                     && stands(cut.between, callee, edge, false));
            if (crosses)
                reach_.calls.push_back(edge.call);
        }
        return *this;
    }
    // "calls.a -> b.timeout", "services.a.workers", "load.a.rate".
    Reach& document(std::string_view path) {
        auto const dot = path.find('.');
        std::string_view const section = path.substr(0, dot);
        std::string_view const rest =
            dot == std::string_view::npos ? std::string_view() : path.substr(dot + 1);
        if (section == "services")
            for (std::uint32_t s = 0; s < plan().services.size(); ++s)
                if (isAbout(rest, plan().names.services[s]))
                    for (auto const replica : world_.replicasOf(s))
                        reach_.replicas.push_back(world_.nameOf(replica));
        if (section == "load")
            for (std::uint32_t l = 0; l < plan().loads.size(); ++l)
                if (isAbout(rest, plan().names.loads[l]))
                    reach_.loads.push_back(l);
        if (section == "calls" || section == "defaults")
            for (std::uint32_t c = 0; c < plan().names.calls.size(); ++c)
                if (section == "defaults" || isAbout(rest, plan().names.calls[c])
                    || isPattern(rest, plan().names.calls[c]))
                    reach_.calls.push_back(c);
        return *this;
    }
    EventBegan take() {
        auto const tidy = [](auto& list) {
            std::sort(list.begin(), list.end());
            list.erase(std::unique(list.begin(), list.end()), list.end());
        };
        tidy(reach_.replicas);
        tidy(reach_.calls);
        tidy(reach_.loads);
        return std::move(reach_);
    }

private:
    world::Plan const& plan() const { return world_.plan(); }

    bool stands(std::vector<std::string> const& side, std::string const& name,
                world::Edge const& edge, bool isCaller) const {
        auto const has = [&](std::string const& what) {
            return std::find(side.begin(), side.end(), what) != side.end();
        };
        if (has(name))
            return true;
        if (isCaller && edge.fromLoad)
            return false;
        auto const& zones = plan().services[isCaller ? edge.caller : edge.callee].zones;
        return std::any_of(zones.begin(), zones.end(), [&](std::uint32_t zone) {
            return zone < plan().zoneNames.size() && has(plan().zoneNames[zone]);
        });
    }

    static bool isAbout(std::string_view rest, std::string const& name) {
        return rest.substr(0, name.size()) == name
               && (rest.size() == name.size() || rest[name.size()] == '.');
    }
    // "a -> *", "* -> b".
    static bool isPattern(std::string_view rest, std::string_view call) {
        constexpr std::string_view arrow = " -> ";
        auto const split = rest.find(arrow);
        auto const at = call.find(arrow);
        if (split == std::string_view::npos || at == std::string_view::npos)
            return false;
        std::string_view const caller = rest.substr(0, split);
        std::string_view const callee = rest.substr(split + arrow.size());
        std::string_view const name = call.substr(at + arrow.size());
        bool const calleeFits = callee.substr(0, 1) == "*" || isAbout(callee, std::string(name));
        return (caller == "*" || caller == call.substr(0, at)) && calleeFits;
    }

    world::World const& world_;
    faults::Occurrence const& occurrence_;
    EventBegan reach_;
};

template <class T, class... Ts>
inline constexpr bool isOneOf = (std::is_same_v<T, Ts> || ...);

} // namespace

record::EventBegan reachOf(world::World const& world, model::FaultKind const& fault,
                           faults::Occurrence const& occurrence) {
    Reach reach(world, occurrence);
    std::visit(
        [&](auto const& what) {
            using Kind = std::decay_t<decltype(what)>;
            if constexpr (std::is_same_v<Kind, model::Partition>)
                reach.between(what);
            else if constexpr (std::is_same_v<Kind, model::Surge>)
                reach.load(what.target);
            else if constexpr (std::is_same_v<Kind, model::BlackHole>)
                reach.replicas(what.target).messages(what.target);
            else if constexpr (isOneOf<Kind, model::Latency, model::JitterFault, model::Loss,
                                       model::Duplicate, model::Reorder, model::Corrupt,
                                       model::BandwidthFault, model::Reject, model::Reset,
                                       model::SlowClose, model::Slice, model::LimitData, model::Dns,
                                       model::Http, model::Grpc, model::LinkDown>)
                reach.messages(what.target);
            else
                reach.replicas(what.target);
        },
        fault);
    return reach.take();
}

record::EventBegan reachOf(world::World const& world, model::OperationKind const& operation,
                           faults::Occurrence const& occurrence) {
    Reach reach(world, occurrence);
    std::visit(
        [&](auto const& what) {
            using Kind = std::decay_t<decltype(what)>;
            if constexpr (std::is_same_v<Kind, model::FlipBreaker>) {
                model::Target target;
                target.call = what.call;
                reach.messages(target);
            } else if constexpr (std::is_same_v<Kind, model::Set>) {
                reach.document(what.path);
            } else if constexpr (std::is_same_v<Kind, model::ReplayEvents>) {
            } else {
                reach.replicas(what.target);
            }
        },
        operation);
    return reach.take();
}

} // namespace shakedown::run
