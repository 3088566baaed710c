#pragma once

#include "chaos-agent/faults/plan_connections.hpp"

namespace shakedown::injectors {

/// A disturbance of a proxy that is put in the way of a target's new connections, in its network
/// namespace, and goes with the fault: for targets whose callers know of no proxy.
Planned planRedirect(ConnectionScope const& scope);

} // namespace shakedown::injectors
