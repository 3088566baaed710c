#pragma once
#include "scenarios/model/call_policy.hpp"
#include <algorithm>
#include <optional>
namespace shakedown::resilience {
struct RateLimiterSettings {
    double perSecond = 1;
    int burst = 1;
    friend bool operator==(RateLimiterSettings const&, RateLimiterSettings const&) = default;
};
class RateLimiter {
public:
    explicit RateLimiter(RateLimiterSettings s) : s_(s), tokens_(s.burst) {}
    std::optional<Duration> reserve(SimTime now, Duration maxWait) {
        double t = std::min<double>(s_.burst, tokens_ + (now - last_).inSeconds() * s_.perSecond);
        double after = t - 1;
        Duration w = after >= 0 ? Duration() : Duration::fromSeconds(-after / s_.perSecond);
        if (w > maxWait)
            return std::nullopt;
        tokens_ = after;
        last_ = now;
        return w;
    }

private:
    RateLimiterSettings s_;
    double tokens_;
    SimTime last_;
};
inline RateLimiterSettings rateLimiterSettingsOf(model::RateLimit const& r) {
    return {r.rate->perSecond(),
            r.burst.value_or(std::max(1, static_cast<int>(r.rate->perSecond())))};
}
} // namespace shakedown::resilience
