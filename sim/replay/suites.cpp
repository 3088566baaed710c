#include "sim/replay/suites.hpp"

#include <array>

namespace shakedown::replay {

namespace {

constexpr std::array rows = {
    SuiteRow{"adaptive_limit", adaptiveLimitPlayer},

    SuiteRow{"bulkhead", bulkheadPlayer},

    SuiteRow{"circuit_breaker", circuitBreakerPlayer},

    SuiteRow{"hedging", hedgingPlayer},

    SuiteRow{"hpa", autoscalerPlayer},

    SuiteRow{"load_balancing", loadBalancingPlayer},

    SuiteRow{"outlier_detection", outlierDetectionPlayer},

    SuiteRow{"probes", probesPlayer},

    SuiteRow{"rate_limiter", rateLimiterPlayer},

    SuiteRow{"retry", retryPlayer},

    SuiteRow{"rollout", rolloutPlayer},
};

} // namespace

std::span<SuiteRow const> suites() {
    return rows;
}

} // namespace shakedown::replay
