#include "sim/resilience/rate_limiter.hpp"
#include "scenarios/vocabulary/overloaded.hpp"

#include <algorithm>
#include <cmath>

namespace shakedown::resilience {

namespace {

CycleLimiterSettings cyclesOf(double perSecond, std::optional<int> burst, Duration most) {
    CycleLimiterSettings s;
    double const permits = burst ? *burst : std::max(1.0, std::floor(perSecond));
    s.limitForPeriod = static_cast<std::int64_t>(permits);
    s.limitRefreshPeriod = std::max(Duration::nanoseconds(1),
                                    Duration::fromSeconds(permits / std::max(1e-9, perSecond)));
    s.timeout = most;
    return s;
}

} // namespace

RateLimiter::Machine RateLimiter::machineOf(RateLimiterSettings const& settings) {
    return std::visit(
        Overloaded{
            [](CycleLimiterSettings const& s) -> Machine { return CycleLimiter(s); },
            [](ReservationBucketSettings const& s) -> Machine { return ReservationBucket(s); },
            [](WholeTokenBucketSettings const& s) -> Machine { return WholeTokenBucket(s); },
            [](LeakyBucketSettings const& s) -> Machine { return LeakyBucket(s); },
            [](SendRateBucketSettings const& s) -> Machine { return SendRateBucket(s); }},
        settings);
}

RateLimiter::RateLimiter(RateLimiterSettings const& settings) : machine_(machineOf(settings)) {}

std::optional<Duration> RateLimiter::reserve(SimTime now, Duration mostWait) {
    using Wait = std::optional<Duration>;
    return std::visit(
        Overloaded{[&](CycleLimiter& m) -> Wait { return m.reserve(now, 1, mostWait); },
                   [&](ReservationBucket& m) -> Wait {
                       auto const reservation = m.reserve(now, 1, mostWait);
                       return reservation ? Wait(reservation->act - now) : std::nullopt;
                   },
                   [&](WholeTokenBucket& m) -> Wait {
                       return m.consume(now, 1, false) == 1 ? Wait(Duration()) : std::nullopt;
                   },
                   [&](LeakyBucket& m) -> Wait { return m.request(now); },
                   [&](SendRateBucket& m) -> Wait {
                       return m.tryAcquire(now, 1) ? Wait(Duration()) : std::nullopt;
                   }},
        machine_);
}

RateLimiterSettings rateLimiterSettingsOf(model::RateLimit const& p) {
    using model::Dialect;
    double const perSecond = p.rate ? p.rate->perSecond() : 50;
    int const burst = p.burst.value_or(std::max(1, static_cast<int>(std::min(1e9, perSecond))));
    if (p.dialect == Dialect::Go)
        return ReservationBucketSettings{perSecond, burst, false};
    if (p.dialect == Dialect::Envoy || p.dialect == Dialect::Istio)
        return WholeTokenBucketSettings{static_cast<double>(burst), perSecond};
    if (p.dialect == Dialect::Nginx)
        return LeakyBucketSettings{perSecond, p.burst.value_or(0), 0, false};
    if (p.dialect == Dialect::AwsSdk)
        return SendRateBucketSettings{perSecond, 0.5};
    return cyclesOf(perSecond, p.burst, p.maxWait.value_or(Duration()));
}

} // namespace shakedown::resilience
