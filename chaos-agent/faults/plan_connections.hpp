#pragma once

#include "chaos-agent/faults/planner.hpp"

namespace shakedown::injectors {

/// A disturbance of the proxy in front of the target: one that its callers address, where the
/// configuration names one, and else one that is put in their way.
Planned planDisturb(protocol::FaultRequest const& request, Target const& target,
                    Protected const& spared);

} // namespace shakedown::injectors
