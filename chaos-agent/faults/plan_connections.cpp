#include "chaos-agent/faults/plan_connections.hpp"

#include "chaos-agent/faults/plan_redirect.hpp"
#include "chaos-agent/faults/proxy_connections.hpp"

namespace shakedown::injectors {

std::string claimOf(Target const& target) {
    return "connections of proxy " + target.name;
}

Planned planDisturb(ConnectionScope const& scope) {
    auto const& [request, target, targets, spared] = scope;
    std::string const kind = nameOf(request.what);
    if (!request.peers.empty())
        return system::Failure{"'" + kind
                               + "' is done to every caller of the proxy; it takes no peers"};
    if (auto const failed = whyNot(request.what))
        return *failed;
    if (!target.proxy)
        return planRedirect(scope);
    Plan plan;
    plan.steps.push_back(Disturb{target.name, "fault-" + kind, request.what, request.way});
    plan.claims.push_back(claimOf(target));
    return plan;
}

} // namespace shakedown::injectors
