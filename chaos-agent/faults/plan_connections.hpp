#pragma once

#include "chaos-agent/faults/planner.hpp"

namespace shakedown::injectors {

/// A disturbance of the proxy in front of the target; refused if it has none.
Planned planDisturb(protocol::FaultRequest const& request, Target const& target);

} // namespace shakedown::injectors
