#include "chaos-agent/faults/plan_connections.hpp"

#include "chaos-agent/faults/connection_claims.hpp"
#include "chaos-agent/faults/plan_redirect.hpp"

namespace shakedown::injectors {

Planned planDisturb(protocol::FaultRequest const& request, Target const& target,
                    Protected const& spared) {
    std::string const kind = nameOf(request.what);
    if (!request.peers.empty())
        return system::Failure{"'" + kind
                               + "' is done to every caller of the proxy; it takes no peers"};
    if (!target.proxy)
        return planRedirect(request, target, spared);
    Plan plan;
    plan.steps.push_back(Disturb{target.name, "fault-" + kind, request.what, request.way});
    // A service that does not run has no place, and nobody redirects its connections.
    auto const place = placeOf(target);
    auto const* there = std::get_if<system::NetworkNamespace>(&place);
    plan.claims = claimsOn(target, there == nullptr ? std::nullopt : std::optional(there->id()));
    return plan;
}

} // namespace shakedown::injectors
