#include "scenarios/checking/not_simulated.hpp"

#include <array>

namespace shakedown::checking {

namespace {

using model::CallPolicy;
using model::Scenario;
using model::Service;

// One row a feature; a release that simulates it deletes the row.
template <class T> struct Row {
    char const* feature;
    bool (*used)(T const&);
};

constexpr std::array documentRows{
    Row<Scenario>{"topics", [](Scenario const& s) { return !s.topics.empty(); }},
    Row<Scenario>{"discovery", [](Scenario const& s) { return s.discovery.has_value(); }},
    Row<Scenario>{"platform", [](Scenario const& s) { return s.platform.has_value(); }},
};

constexpr std::array serviceRows{
    Row<Service>{"versions", [](Service const& s) { return !s.versions.empty(); }},
    Row<Service>{"shards", [](Service const& s) { return s.shards.has_value(); }},
    Row<Service>{"health", [](Service const& s) { return s.health.has_value(); }},
    Row<Service>{"autoscale", [](Service const& s) { return s.autoscale.has_value(); }},
    Row<Service>{"function", [](Service const& s) { return s.function.has_value(); }},
    Row<Service>{"limit", [](Service const& s) { return s.limit.has_value(); }},
    Row<Service>{"keys", [](Service const& s) { return !s.keys.empty(); }},
};

bool foreign(std::optional<model::Dialect> const& dialect) {
    return dialect && *dialect != model::Dialect::Resilience4j;
}

constexpr std::array callRows{
    Row<CallPolicy>{"client_throttle", [](CallPolicy const& p) { return p.clientThrottle && !p.clientThrottle->off; }},
    Row<CallPolicy>{"rate_limit", [](CallPolicy const& p) { return p.rateLimit && !p.rateLimit->off; }},
    Row<CallPolicy>{"hedge", [](CallPolicy const& p) { return p.hedge && !p.hedge->off; }},
    Row<CallPolicy>{"a retry budget", [](CallPolicy const& p) { return p.retry && !p.retry->off && p.retry->budget.has_value(); }},
    Row<CallPolicy>{"outlier_detection", [](CallPolicy const& p) { return p.outlierDetection && !p.outlierDetection->off; }},
    Row<CallPolicy>{"connections", [](CallPolicy const& p) { return p.connections.has_value(); }},
    Row<CallPolicy>{"slow_start", [](CallPolicy const& p) { return p.slowStart && !p.slowStart->off; }},
    Row<CallPolicy>{"preset", [](CallPolicy const& p) { return p.preset.has_value(); }},
    Row<CallPolicy>{"order", [](CallPolicy const& p) { return p.order.has_value(); }},
    Row<CallPolicy>{"bandwidth", [](CallPolicy const& p) { return p.bandwidth || p.requestSize || p.responseSize; }},
    Row<CallPolicy>{"this balance policy", [](CallPolicy const& p) {
        return p.balance && p.balance->policy && *p.balance->policy != model::BalancePolicy::RoundRobin &&
               *p.balance->policy != model::BalancePolicy::Random &&
               *p.balance->policy != model::BalancePolicy::LeastRequest; }},
    Row<CallPolicy>{"a bulkhead with threads of its own", [](CallPolicy const& p) { return p.bulkhead && (p.bulkhead->threads || p.bulkhead->queue); }},
    Row<CallPolicy>{"a breaker per service, replica or shard", [](CallPolicy const& p) {
        return p.circuitBreaker && p.circuitBreaker->per && *p.circuitBreaker->per != model::BreakerScope::CallerReplica; }},
    Row<CallPolicy>{"a breaker that counts consecutive failures", [](CallPolicy const& p) { return p.circuitBreaker && p.circuitBreaker->consecutive; }},
    Row<CallPolicy>{"this dialect", [](CallPolicy const& p) {
        return (p.retry && foreign(p.retry->dialect)) || (p.circuitBreaker && foreign(p.circuitBreaker->dialect)) ||
               (p.bulkhead && foreign(p.bulkhead->dialect)); }},
};

template <class... Kinds, class Variant> bool isOneOf(Variant const& v) {
    return (std::holds_alternative<Kinds>(v) || ...);
}

class Search {
  public:
    explicit Search(Scenario const& scenario) : scenario_(scenario) {}

    Diagnostics run() {
        Place const top{scenario_.file, 1, 1};
        for (auto const& row : documentRows)
            if (row.used(scenario_)) report(row.feature, top);
        for (auto const& s : scenario_.services) {
            for (auto const& row : serviceRows)
                if (row.used(s)) report(row.feature, s.place);
            for (auto const& e : s.endpoints) steps(e.steps);
        }
        for (auto const& c : scenario_.calls) policy(c.policy, c.place);
        for (auto const& l : scenario_.loads) {
            if (l.key) report("a key distribution", l.place);
            if (!l.apiKey.empty()) report("api_key", l.place);
        }
        faultsAndOperations();
        for (auto const& c : scenario_.expect)
            if (auto const* m = std::get_if<model::MetricCondition>(&c.what))
                if (m->metric == model::Metric::Lag) report("the metric lag", c.place);
        return findings_;
    }

  private:
    void report(std::string const& feature, Place const& place) {
        findings_.push_back({Severity::Error, "E500", feature + " is not simulated yet",
                             "leave it out for a simulation", place});
    }
    void policy(CallPolicy const& p, Place const& place) {
        for (auto const& row : callRows)
            if (row.used(p)) report(row.feature, place);
    }
    void steps(model::Steps const& list) {
        for (auto const& step : list) {
            if (auto const* call = std::get_if<model::Call>(&step.what))
                policy(call->overrides, step.place);
            if (std::holds_alternative<model::Publish>(step.what)) report("publish", step.place);
            if (auto const* cache = std::get_if<model::Cache>(&step.what)) {
                if (cache->size || !cache->hit) report("a cache by size and ttl", step.place);
                steps(cache->miss);
            }
            if (auto const* p = std::get_if<model::Parallel>(&step.what))
                for (auto const& branch : p->branches) steps(branch);
            if (auto const* c = std::get_if<model::Choose>(&step.what))
                for (auto const& option : c->options) steps(option.steps);
            if (auto const* r = std::get_if<model::Repeat>(&step.what)) steps(r->steps);
            if (auto const* o = std::get_if<model::Optional>(&step.what)) steps(o->steps);
        }
    }
    void faultsAndOperations() {
        using namespace model;
        for (auto const& f : scenario_.faults)
            if (!isOneOf<Crash, Kill, Hang, Restart, Slow, Errors, model::Latency, JitterFault, Loss,
                         Partition, Reset, BlackHole, Cpu, Surge>(f.what))
                report("fault '" + f.name + "'", f.place);
        for (auto const& o : scenario_.operations)
            if (!isOneOf<model::Set, Scale, FlipBreaker, Drain>(o.what))
                report("operation '" + o.name + "'", o.place);
    }

    Scenario const& scenario_;
    Diagnostics findings_;
};

} // namespace

Diagnostics notSimulated(Scenario const& scenario) { return Search(scenario).run(); }

} // namespace shakedown::checking
