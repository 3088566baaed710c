#pragma once

#include <optional>
#include <string>
#include <vector>

#include "scenarios/model/call_policy.hpp"

namespace shakedown::model {

/// Every pattern once, outside in: `said` as it stands, and what it does not name at its usual
/// place, a guard with each attempt. With nothing said: fallback, deadline, retry, hedge, balance,
/// circuit breaker, rate limit, timeout, bulkhead, connection, network. `said` is possible.
std::vector<Pattern> wholeOrder(std::vector<Pattern> const& said);

/// Why calls cannot be stacked so, or nothing: fallback, deadline, retry, hedge, balance,
/// connection and network keep their order, and only the circuit breaker, the rate limit, the
/// timeout and the bulkhead may move, between deadline and retry (around all attempts) or between
/// balance and connection (around each).
std::optional<std::string> impossibleOrder(std::vector<Pattern> const& said);

} // namespace shakedown::model
