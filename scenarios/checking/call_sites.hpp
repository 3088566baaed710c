#pragma once

#include <functional>
#include <string>
#include <vector>

#include "scenarios/model/scenario.hpp"

namespace shakedown::checking {

/// Visits steps and all steps within them, outer ones first. The nesting is bounded by the reader.
void forEachStep(model::Steps const& steps, std::function<void(model::Step const&)> const& visit);

/// Visits the steps of every endpoint, version and health check of a service.
void forEachStep(model::Service const& service,
                 std::function<void(model::Step const&)> const& visit);

/// One place where somebody calls somebody: a `call:` step, or an entry of a load's mix.
struct CallSite {
    std::string caller;
    bool callerIsLoad = false;
    model::EndpointName callee;
    model::CallPolicy const* inlined; ///< what the step says itself
    Place place;
};

std::vector<CallSite> callSitesOf(model::Scenario const& scenario);

/// The policy that holds there.
model::CallPolicy policyAt(model::Scenario const& scenario, CallSite const& site);

} // namespace shakedown::checking
