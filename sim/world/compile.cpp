#include <algorithm>
#include <set>
#include <unordered_map>

#include "sim/world/hosting_plan.hpp"
#include "sim/world/plan.hpp"
#include "sim/world/program.hpp"

namespace shakedown::world {

namespace {

using model::Scenario;

Diagnostic problem(std::string message, Place const& place) {
    return {Severity::Error, "E900", std::move(message), "", place};
}

bool asksForKey(Edge const& edge) {
    auto const policy = edge.policy.balance.policy;
    return edge.shards > 0 || policy == model::BalancePolicy::RingHash
           || policy == model::BalancePolicy::Maglev;
}

} // namespace

// One compilation: gathers names first, then programs, so that calls find their endpoints.
class Compiler {
public:
    explicit Compiler(Scenario const& scenario) : scenario_(scenario) {}

    Result<Plan> compile() {
        nameEverything();
        for (auto const& service : scenario_.services)
            addService(service);
        for (auto const& load : scenario_.loads)
            addLoad(load);
        gatherPriorities();
        plan_.usesKeys = std::any_of(plan_.edges.begin(), plan_.edges.end(), asksForKey);
        if (scenario_.platform && findings_.empty())
            addHosting();
        if (plan_.hosting || cutsBetweenZones())
            rememberCallers();
        if (!findings_.empty())
            return findings_;
        return std::move(plan_);
    }

    /// The site for a call of `endpoint` by a service or load.
    std::optional<std::uint32_t> addSite(bool fromLoad, std::uint32_t caller,
                                         model::EndpointName const& target,
                                         model::CallPolicy const& inlined, Place const& place) {
        auto const endpoint = findEndpoint(target, place);
        if (!endpoint)
            return std::nullopt;
        auto const& callerName =
            fromLoad ? scenario_.loads[caller].name : scenario_.services[caller].name;
        std::uint32_t const callee = plan_.endpoints[*endpoint].service;
        model::EndpointName const full = fullNameOf(*endpoint);
        auto const policy =
            edgePolicyOf(model::resolveCall(scenario_.calls, callerName, fromLoad, full, inlined));
        if (!policy) {
            refuse(policy.errors().front().message, place);
            return std::nullopt;
        }
        plan_.sites.push_back({edgeOf(fromLoad, caller, callee, policy.value()), *endpoint});
        return static_cast<std::uint32_t>(plan_.sites.size() - 1);
    }

    Plan& plan() { return plan_; }
    void refuse(std::string message, Place const& place) {
        findings_.push_back(problem(std::move(message), place));
    }

private:
    void nameEverything() {
        for (auto const& load : scenario_.loads)
            plan_.names.loads.push_back(load.name);
        for (auto const& service : scenario_.services) {
            auto const index = static_cast<std::uint32_t>(plan_.names.services.size());
            plan_.names.services.push_back(service.name);
            for (auto const& endpoint : service.endpoints) {
                std::string const name = service.name + "/" + endpoint.name;
                endpointsByName_.emplace(name, plan_.endpoints.size());
                if (service.endpoints.size() == 1)
                    endpointsByName_.emplace(service.name, plan_.endpoints.size());
                plan_.names.endpoints.push_back(name);
                plan_.endpoints.push_back(
                    {index, 0, endpoint.priority, Duration(), name, endpoint.idempotent});
            }
        }
        for (auto const& fault : scenario_.faults)
            plan_.names.events.push_back(fault.name);
        for (auto const& operation : scenario_.operations)
            plan_.names.events.push_back(operation.name);
    }

    void addService(model::Service const& s) {
        ServicePlan p;
        p.name = s.name;
        p.replicas = static_cast<std::uint32_t>(std::max(0, s.replicas));
        p.workers = static_cast<std::uint32_t>(std::max(1, s.workers));
        p.cores = s.cores && *s.cores < s.workers ? *s.cores : 0;
        p.async = s.async;
        p.queue = s.queue;
        if (s.queue.capacity)
            p.capacity = static_cast<std::uint32_t>(*s.queue.capacity);
        p.start = Law(s.start);
        p.stop = s.stop;
        p.limit = limitOf(s);
        p.shards = shardsOf(s);
        for (auto const& zone : s.zones)
            p.zones.push_back(zoneNumber(zone));
        if (s.shards)
            for (auto const& range : s.shards->ranges)
                p.shardsUpTo.push_back(endOfRange(range, s.place));
        auto const index = static_cast<std::uint32_t>(plan_.services.size());
        plan_.services.push_back(std::move(p));
        for (auto const& endpoint : s.endpoints) {
            auto const e = endpointsByName_.at(s.name + "/" + endpoint.name);
            auto const program = compileProgram(*this, index, endpoint);
            plan_.endpoints[e].entry = program.entry;
            plan_.endpoints[e].expected = program.expected;
        }
    }

    std::uint32_t zoneNumber(std::string const& name) {
        if (zones_.try_emplace(name, plan_.zones).second) {
            ++plan_.zones;
            plan_.zoneNames.push_back(name);
        }
        return zones_.at(name);
    }

    // Replicas are in the zones of their machines, and no message is there at once.
    void addHosting() {
        auto hosting = hostingOf(scenario_, plan_.edges,
                                 [&](std::string const& zone) { return zoneNumber(zone); });
        if (!hosting) {
            findings_ = hosting.errors();
            return;
        }
        plan_.hosting = std::move(hosting).value();
        for (auto const& machine : plan_.hosting->blueprint.machines)
            plan_.names.hosts.push_back(machine.name);
        for (auto const& link : plan_.hosting->blueprint.links)
            plan_.names.links.push_back(link.name);
        for (std::size_t s = 0; s < plan_.services.size(); ++s) {
            plan_.services[s].zones.clear();
            for (MachineId const machine : plan_.hosting->replicas[s])
                plan_.services[s].zones.push_back(plan_.hosting->zones[machine]);
        }
    }

    bool cutsBetweenZones() const {
        auto const isZone = [&](std::string const& name) {
            return model::findService(scenario_, name) == nullptr
                   && model::findLoad(scenario_, name) == nullptr;
        };
        return std::any_of(
            scenario_.faults.begin(), scenario_.faults.end(), [&](model::Fault const& fault) {
                auto const* const cut = std::get_if<model::Partition>(&fault.what);
                return cut != nullptr
                       && (std::any_of(cut->between.begin(), cut->between.end(), isZone)
                           || std::any_of(cut->andSide.begin(), cut->andSide.end(), isZone));
            });
    }

    // Whether a message passes, and how long it takes, depends on where its caller stands.
    void rememberCallers() {
        for (auto& edge : plan_.edges) {
            edge.quick.isPlain = false;
            edge.quick.entersDetailed = true;
            edge.quick.isInstant &= plan_.hosting == nullptr;
            edge.quick.isCarried |= plan_.hosting != nullptr;
        }
    }

    // Whether a replica asks when a request came, or how long its caller waits.
    static bool remembersTimes(model::Service const& s) {
        bool const adapts = s.limit
                            && s.limit->concurrency.value_or(model::ConcurrencyLimit::Fixed)
                                   != model::ConcurrencyLimit::Fixed;
        return adapts || s.queue.drop != model::Drop::None || !s.queue.maxWait.isNone()
               || s.queue.order == model::QueueOrder::Codel;
    }

    static std::uint32_t shardsOf(model::Service const& s) {
        if (!s.shards)
            return 0;
        return static_cast<std::uint32_t>(s.shards->ranges.empty()
                                              ? static_cast<std::size_t>(s.shards->count)
                                              : s.shards->ranges.size());
    }

    // Where a range such as a-m ends in the order of keys, which are words of the letters a to z.
    double endOfRange(std::string const& range, Place const& place) {
        double end = 0;
        double cell = 1;
        auto const dash = range.find('-');
        bool isWord = dash != range.npos && dash > 0 && dash + 1 < range.size();
        for (char const c : range.substr(isWord ? dash + 1 : 0)) {
            isWord = isWord && c >= 'a' && c <= 'z';
            cell /= 26;
            end += cell * (c - 'a');
        }
        if (!isWord)
            refuse("'" + range + "' is no range of keys; write a-m", place);
        return end + cell;
    }

    static std::optional<LimitPolicy> limitOf(model::Service const& s) {
        if (!s.limit)
            return std::nullopt;
        LimitPolicy limit;
        limit.priorities = s.limit->priorities;
        if (s.limit->rate) {
            model::RateLimit rate;
            rate.rate = s.limit->rate;
            rate.burst = s.limit->burst;
            rate.dialect = model::Dialect::Go;
            limit.rate = resilience::rateLimiterSettingsOf(rate);
        }
        auto const how = s.limit->concurrency.value_or(model::ConcurrencyLimit::Fixed);
        if (how != model::ConcurrencyLimit::Fixed)
            limit.adaptive = resilience::adaptiveLimitSettingsOf(*s.limit);
        else if (s.limit->limit)
            limit.fixed = *s.limit->limit;
        return limit;
    }

    void addLoad(model::Load const& l) {
        LoadPlan p;
        p.name = l.name;
        auto const index = static_cast<std::uint32_t>(plan_.loads.size());
        double total = 0;
        for (auto const& entry : l.mix)
            total += entry.weight;
        double sum = 0;
        for (auto const& entry : l.mix) {
            sum += entry.weight;
            auto const site = addSite(true, index, entry.to, {}, entry.place);
            if (site)
                p.mix.push_back({total > 0 ? sum / total : 1, *site});
        }
        if (!p.mix.empty())
            p.mix.back().upTo = 1;
        p.rate = l.rate;
        p.arrivals = l.arrivals;
        p.burst = l.arrivals == model::Arrivals::Bursts ? std::max(1, l.burst) : 1;
        p.users = static_cast<std::uint32_t>(std::max(0, l.users.value_or(0)));
        p.think = Law(l.think);
        p.clients = static_cast<std::uint32_t>(std::max(1, l.clients));
        p.from = SimTime::at(l.from);
        p.until = l.lasts.isNone() ? SimTime::never() : SimTime::at(l.from) + l.lasts;
        p.priority = l.priority;
        p.inTime = l.inTime.value_or(defaultInTime(p));
        if (l.key) {
            p.keys = static_cast<std::uint64_t>(std::max(1, l.key->keys));
            p.zipf = l.key->zipf;
        }
        plan_.loads.push_back(std::move(p));
    }

    // What a load's own patience is: the timeout (or deadline) of its call.
    Duration defaultInTime(LoadPlan const& p) const {
        if (p.mix.empty())
            return Duration::none();
        auto const& policy = plan_.edges[plan_.sites[p.mix.front().site].edge].policy;
        return std::min(policy.timeout, policy.deadline);
    }

    void gatherPriorities() {
        std::set<int, std::greater<>> all;
        std::set<int> ofLoads;
        for (auto const& l : plan_.loads)
            ofLoads.insert(l.priority);
        for (auto const& e : plan_.endpoints)
            for (int const p : ofLoads)
                all.insert(e.priority + p);
        plan_.priorities.assign(all.begin(), all.end());
    }

    std::optional<std::uint32_t> findEndpoint(model::EndpointName const& name, Place const& place) {
        auto const found = endpointsByName_.find(model::toText(name));
        if (found != endpointsByName_.end())
            return static_cast<std::uint32_t>(found->second);
        refuse("nothing to call at '" + model::toText(name) + "'", place);
        return std::nullopt;
    }

    model::EndpointName fullNameOf(std::uint32_t endpoint) const {
        std::string const& name = plan_.names.endpoints[endpoint];
        auto const slash = plan_.names.services[plan_.endpoints[endpoint].service].size();
        return {name.substr(0, slash), name.substr(slash + 1)};
    }

    std::uint32_t edgeOf(bool fromLoad, std::uint32_t caller, std::uint32_t callee,
                         EdgePolicy const& policy) {
        std::uint32_t const link = linkOf(fromLoad, caller, callee);
        for (auto const index : edgesOfLink_[link])
            if (plan_.edges[index].policy == policy)
                return index;
        auto const index = static_cast<std::uint32_t>(plan_.edges.size());
        std::uint32_t const shards = shardsOf(scenario_.services[callee]);
        plan_.edges.push_back(
            {fromLoad, caller, callee, link, link, shortcutsOf(policy), policy, shards});
        Shortcuts& quick = plan_.edges.back().quick;
        model::Service const& service = scenario_.services[callee];
        quick.choosesAmongSome |= shards > 0;
        quick.entersDetailed = remembersTimes(service);
        quick.isPlain = quick.isPlain && shards == 0 && !quick.entersDetailed && !service.limit
                        && !service.async;
        edgesOfLink_[link].push_back(index);
        return index;
    }

    // Links and reported calls are the same pairs, so they share their numbers.
    std::uint32_t linkOf(bool fromLoad, std::uint32_t caller, std::uint32_t callee) {
        std::uint64_t const key =
            (std::uint64_t{fromLoad} << 63) | (static_cast<std::uint64_t>(caller) << 31) | callee;
        auto const [found, isNew] = linksByPair_.try_emplace(key, plan_.links.size());
        if (isNew) {
            plan_.links.push_back({fromLoad, caller, callee});
            auto const& from = fromLoad ? plan_.names.loads : plan_.names.services;
            plan_.names.calls.push_back(from[caller] + " -> " + plan_.names.services[callee]);
            edgesOfLink_.emplace_back();
        }
        return static_cast<std::uint32_t>(found->second);
    }

    Scenario const& scenario_;
    Plan plan_;
    Diagnostics findings_;
    std::unordered_map<std::string, std::size_t> endpointsByName_;
    std::unordered_map<std::string, std::uint32_t> zones_;
    std::unordered_map<std::uint64_t, std::size_t> linksByPair_;
    std::vector<std::vector<std::uint32_t>> edgesOfLink_;
};

Result<Plan> compile(Scenario const& scenario) {
    return Compiler(scenario).compile();
}

// For compileProgram, which stands in a file of its own.
std::optional<std::uint32_t> addServiceSite(Compiler& compiler, std::uint32_t service,
                                            model::Call const& call, Place const& place) {
    return compiler.addSite(false, service, call.target, call.overrides, place);
}
Plan& planOf(Compiler& compiler) {
    return compiler.plan();
}
void refuse(Compiler& compiler, std::string message, Place const& place) {
    compiler.refuse(std::move(message), place);
}

} // namespace shakedown::world
