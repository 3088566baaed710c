#include <algorithm>
#include <map>

#include "scenarios/checking/call_sites.hpp"
#include "scenarios/checking/codes.hpp"
#include "scenarios/checking/rules.hpp"
#include "scenarios/vocabulary/quantity_text.hpp"

namespace shakedown::checking {

using namespace model;

namespace {

std::string nameOf(CallSite const& site) {
    return site.caller + " -> " + site.callee.service;
}

void lintTimeout(CallSite const& site, CallPolicy const& policy, Report& report) {
    // A load stands for users, who wait as long as they like unless the scenario says otherwise.
    bool const isUnlimited = (!policy.timeout || policy.timeout->isNone())
                             && (!policy.deadline || policy.deadline->isNone());
    if (!site.callerIsLoad && isUnlimited) {
        report.add(codes::callWithoutTimeout, site.place,
                   "the call '" + nameOf(site) + "' has no timeout",
                   "when '" + site.callee.service + "' hangs, so does '" + site.caller
                       + "'; write 'timeout:' under calls, a little above the normal p99");
    }
}

void lintRetry(CallSite const& site, CallPolicy const& policy, Report& report) {
    bool const retries =
        policy.retry && !policy.retry->off && policy.retry->attempts.value_or(1) > 1;
    if (retries && !policy.retry->budget) {
        report.add(codes::retryWithoutBudget, site.place,
                   "the retries of '" + nameOf(site) + "' have no budget",
                   "when everything fails they multiply the load by "
                       + std::to_string(*policy.retry->attempts)
                       + "; write 'budget: { ratio: 20%, min_rate: 10/s }' under retry");
    }
}

void lintQueue(Service const& service, Report& report) {
    if (!service.queue.capacity && service.queue.maxWait.isNone()) {
        report.add(codes::unboundedQueue, service.place,
                   "the queue of '" + service.name + "' is unbounded",
                   "overloaded, it answers only requests that have been given up; write 'queue: { "
                   "capacity: N }'");
    }
}

// The shortest time that any caller waits for a service, and who.
struct Patience {
    Duration timeout = Duration::none();
    std::string caller;
};

void lintOutlasting(std::vector<CallSite> const& sites, std::vector<CallPolicy> const& policies,
                    Report& report) {
    std::map<std::string, Patience> patience;
    for (std::size_t i = 0; i < sites.size(); ++i) {
        auto& shortest = patience[sites[i].callee.service];
        Duration const timeout = policies[i].timeout.value_or(Duration::none());
        if (timeout < shortest.timeout) {
            shortest = {timeout, sites[i].caller};
        }
    }
    for (std::size_t i = 0; i < sites.size(); ++i) {
        Duration const timeout = policies[i].timeout.value_or(Duration::none());
        auto const parent = sites[i].callerIsLoad ? patience.end() : patience.find(sites[i].caller);
        if (parent != patience.end() && !timeout.isNone() && timeout > parent->second.timeout) {
            report.add(
                codes::childOutlastsParent, sites[i].place,
                "'" + sites[i].caller + "' waits up to " + toText(timeout) + " for '"
                    + sites[i].callee.service + "', but '" + parent->second.caller + "' gives '"
                    + sites[i].caller + "' up after " + toText(parent->second.timeout),
                "work that nobody waits for is wasted; make the inner timeout the shorter one");
        }
    }
}

bool isAt(CallName const& name, CallSite const& site) {
    bool const isCaller = name.caller == site.caller || (name.caller == "*" && !site.callerIsLoad);
    return isCaller && (name.callee.service == "*" || name.callee.service == site.callee.service)
           && (name.callee.endpoint.empty() || name.callee.endpoint == site.callee.endpoint);
}

void lintFlips(Scenario const& scenario, std::vector<CallSite> const& sites,
               std::vector<CallPolicy> const& policies, Report& report) {
    for (auto const& operation : scenario.operations) {
        auto const* flip = std::get_if<FlipBreaker>(&operation.what);
        if (flip == nullptr) {
            continue;
        }
        bool isMade = false; // a call that is not is an error of its own
        bool hasOne = false;
        for (std::size_t i = 0; i < sites.size(); ++i) {
            if (isAt(flip->call, sites[i])) {
                auto const& breaker = policies[i].circuitBreaker;
                isMade = true;
                hasOne = hasOne || (breaker && !breaker->off);
            }
        }
        if (isMade && !hasOne) {
            report.add(codes::noBreakerToFlip, operation.place,
                       "the call '" + toText(flip->call) + "' has no circuit breaker to flip",
                       "write 'circuit_breaker:' for it under calls, or cut it by a 'black_hole'");
        }
    }
}

} // namespace

void lint(Scenario const& scenario, Report& report) {
    auto const sites = callSitesOf(scenario);
    std::vector<CallPolicy> policies;
    policies.reserve(sites.size());
    for (auto const& site : sites) {
        policies.push_back(completed(policyAt(scenario, site)));
        lintTimeout(site, policies.back(), report);
        lintRetry(site, policies.back(), report);
    }
    for (auto const& service : scenario.services) {
        lintQueue(service, report);
    }
    lintOutlasting(sites, policies, report);
    lintFlips(scenario, sites, policies, report);
}

} // namespace shakedown::checking
