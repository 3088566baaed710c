#pragma once

#include "chaos-agent/faults/planner.hpp"

namespace shakedown::injectors {

/// A disturbance of a proxy that is put in the way of a target's new connections, in its network
/// namespace, and goes with the fault: for targets whose callers know of no proxy.
Planned planRedirect(protocol::FaultRequest const& request, Target const& target,
                     Protected const& spared);

} // namespace shakedown::injectors
