#pragma once

#include "chaos-agent/conduct/programme.hpp"

namespace shakedown::conduct {

/// Where a programme goes beyond `live.limits`, or beyond what an agent would do at all.
Diagnostics brokenLimits(model::Scenario const& scenario, Programme const& programme);

} // namespace shakedown::conduct
