#include "scenarios/checking/call_sites.hpp"

namespace shakedown::checking {

using namespace model;

namespace {

using Visit = std::function<void(Step const&)>;

struct Descend {
    Visit const& visit;

    void operator()(Parallel const& parallel) const {
        for (auto const& branch : parallel.branches) {
            forEachStep(branch, visit);
        }
    }
    void operator()(Choose const& choose) const {
        for (auto const& option : choose.options) {
            forEachStep(option.steps, visit);
        }
    }
    void operator()(Repeat const& repeat) const { forEachStep(repeat.steps, visit); }
    void operator()(Cache const& cache) const { forEachStep(cache.miss, visit); }
    void operator()(model::Optional const& optional) const { forEachStep(optional.steps, visit); }
    void operator()(Work const&) const {}
    void operator()(Wait const&) const {}
    void operator()(Call const&) const {}
    void operator()(Publish const&) const {}
    void operator()(Fail const&) const {}
    void operator()(Reply const&) const {}
};

CallPolicy const& nothingInlined() {
    static CallPolicy const nothing;
    return nothing;
}

} // namespace

void forEachStep(Steps const& steps, Visit const& visit) {
    for (auto const& step : steps) {
        visit(step);
        std::visit(Descend{visit}, step.what);
    }
}

void forEachStep(Service const& service, Visit const& visit) {
    for (auto const& endpoint : service.endpoints) {
        forEachStep(endpoint.steps, visit);
    }
    for (auto const& version : service.versions) {
        for (auto const& endpoint : version.endpoints) {
            forEachStep(endpoint.steps, visit);
        }
    }
    if (service.health) {
        for (auto const* check : {&service.health->liveness, &service.health->readiness}) {
            if (*check) {
                forEachStep((*check)->check, visit);
            }
        }
    }
}

std::vector<CallSite> callSitesOf(Scenario const& scenario) {
    std::vector<CallSite> sites;
    for (auto const& service : scenario.services) {
        forEachStep(service, [&](Step const& step) {
            if (auto const* call = std::get_if<Call>(&step.what)) {
                sites.push_back({service.name, false, call->target, &call->overrides,
                                 call->place.line > 0 ? call->place : step.place});
            }
        });
    }
    for (auto const& load : scenario.loads) {
        for (auto const& entry : load.mix) {
            sites.push_back({load.name, true, entry.to, &nothingInlined(), entry.place});
        }
    }
    return sites;
}

CallPolicy policyAt(Scenario const& scenario, CallSite const& site) {
    return resolveCall(scenario.calls, site.caller, site.callerIsLoad, site.callee, *site.inlined);
}

} // namespace shakedown::checking
