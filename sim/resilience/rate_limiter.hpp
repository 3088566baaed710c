#pragma once

#include <optional>
#include <variant>

#include "scenarios/model/call_policy.hpp"
#include "sim/resilience/cycle_limiter.hpp"
#include "sim/resilience/leaky_bucket.hpp"
#include "sim/resilience/reservation_bucket.hpp"
#include "sim/resilience/send_rate_bucket.hpp"
#include "sim/resilience/whole_token_bucket.hpp"

namespace shakedown::resilience {

using RateLimiterSettings =
    std::variant<CycleLimiterSettings, ReservationBucketSettings, WholeTokenBucketSettings,
                 LeakyBucketSettings, SendRateBucketSettings>;

/// A rate limiter of any dialect, as a call meets it.
class RateLimiter {
public:
    explicit RateLimiter(RateLimiterSettings const& settings);

    /// Zero: go now; longer: wait so long and go; none: refused, nothing taken. Envoy's and the
    /// AWS SDKs' never make a call wait.
    std::optional<Duration> reserve(SimTime now, Duration mostWait);

private:
    using Machine = std::variant<CycleLimiter, ReservationBucket, WholeTokenBucket, LeakyBucket,
                                 SendRateBucket>;
    static Machine machineOf(RateLimiterSettings const& settings);

    Machine machine_;
};

/// The scenario's keys in the dialect's terms. resilience4j (if none is said): cycles of one
/// second with as many permits as the rate, or of so long that the burst is the rate. Go, Envoy and
/// the AWS SDKs: a bucket of the burst, the rate of one second if none is said. nginx: burst 0 if
/// none is said.
RateLimiterSettings rateLimiterSettingsOf(model::RateLimit const& policy);

} // namespace shakedown::resilience
