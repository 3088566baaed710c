#pragma once

#include <string>

#include "chaos-agent/safety/keeper.hpp"

namespace shakedown::control {

inline constexpr char const* openMetricsContentType =
    "application/openmetrics-text; version=1.0.0; charset=utf-8";

/// The health of the agent in the text format of OpenMetrics 1.0.
std::string metricsOf(safety::Keeper::Health const& health);

} // namespace shakedown::control
