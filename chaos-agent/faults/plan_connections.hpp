#pragma once

#include "chaos-agent/faults/planner.hpp"

namespace shakedown::injectors {

/// What the connections of a fault are chosen by.
struct ConnectionScope {
    protocol::FaultRequest const& request;
    Target const& target;
    Targets const& targets;
    Protected const& spared;
};

/// A disturbance of the proxy in front of the target: one that its callers address, where the
/// configuration names one, and else one that is put in their way.
Planned planDisturb(ConnectionScope const& scope);

/// What every fault of connections of the target holds.
std::string claimOf(Target const& target);

} // namespace shakedown::injectors
