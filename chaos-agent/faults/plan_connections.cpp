#include "chaos-agent/faults/plan_connections.hpp"

namespace shakedown::injectors {

Planned planDisturb(protocol::FaultRequest const& request, Target const& target) {
    std::string const kind = nameOf(request.what);
    if (!target.proxy)
        return system::Failure{"'" + kind + "' is done by a proxy in front of '" + target.name
                               + "', and the agent's configuration gives it none"};
    if (!request.peers.empty())
        return system::Failure{"'" + kind
                               + "' is done to every caller of the proxy; it takes no peers"};
    Plan plan;
    plan.steps.push_back(Disturb{target.name, "fault-" + kind, request.what, request.way});
    plan.claims.push_back("connections of proxy " + target.name);
    return plan;
}

} // namespace shakedown::injectors
