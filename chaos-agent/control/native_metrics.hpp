#pragma once

#include <cstdint>
#include <string>

#include "chaos-agent/safety/keeper.hpp"

namespace shakedown::control {

inline constexpr char const* openMetricsContentType =
    "application/openmetrics-text; version=1.0.0; charset=utf-8";

/// The health of the agent, and how often no TLS was agreed with a peer, in the text format of
/// OpenMetrics 1.0.
std::string metricsOf(safety::Keeper::Health const& health, std::uint64_t failedHandshakes);

} // namespace shakedown::control
