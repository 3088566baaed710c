#pragma once

#include <algorithm>
#include <cstdint>
#include <optional>

#include "scenarios/vocabulary/time.hpp"

namespace shakedown::resilience {

/// Settings of nginx's limit_req; its defaults.
struct LeakyBucketSettings {
    double perSecond = 1;
    std::int64_t burst = 0;
    std::int64_t delay = 0; // excess that passes at once
    bool noDelay = false;   // all of the burst does
    friend bool operator==(LeakyBucketSettings const&, LeakyBucketSettings const&) = default;
};

/// One key's bucket, counted in thousandths of a request and milliseconds. Only what is accepted
/// is charged. Source: nginx, ngx_http_limit_req_module.
class LeakyBucket {
public:
    explicit LeakyBucket(LeakyBucketSettings const& settings) : settings_(settings) {}

    /// How long the request is delayed; none: refused.
    std::optional<Duration> request(SimTime now) {
        std::int64_t const ms = now.count() / 1'000'000;
        auto const rate = static_cast<std::int64_t>(settings_.perSecond * 1000);
        std::int64_t excess = 0;
        if (isUsed_)
            excess = std::max<std::int64_t>(
                0, excess_ - rate * std::max<std::int64_t>(0, ms - last_) / 1000 + 1000);
        if (excess > settings_.burst * 1000)
            return std::nullopt;
        isUsed_ = true;
        excess_ = excess;
        last_ = ms;
        std::int64_t const free = settings_.noDelay ? settings_.burst : settings_.delay;
        if (excess <= free * 1000)
            return Duration();
        return Duration::milliseconds((excess - free * 1000) * 1000
                                      / std::max<std::int64_t>(1, rate));
    }
    LeakyBucketSettings const& settings() const { return settings_; }

private:
    LeakyBucketSettings settings_;
    bool isUsed_ = false;
    std::int64_t excess_ = 0;
    std::int64_t last_ = 0;
};

} // namespace shakedown::resilience
