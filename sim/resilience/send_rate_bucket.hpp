#pragma once

#include <algorithm>
#include <optional>

#include "scenarios/vocabulary/time.hpp"

namespace shakedown::resilience {

/// Settings of botocore's TokenBucket; its defaults.
struct SendRateBucketSettings {
    double maxRate = 1;
    double minRate = 0.5;
    friend bool operator==(SendRateBucketSettings const&, SendRateBucketSettings const&) = default;
};

/// The client send rate of the AWS SDKs' adaptive mode: starts empty, fills at the rate up to the
/// rate (at least one token); a change of the rate first fills at the old one.
/// Source: boto/botocore, retries/bucket.py.
class SendRateBucket {
public:
    explicit SendRateBucket(SendRateBucketSettings const& settings) : settings_(settings) {
        settings_.maxRate = std::max(settings.maxRate, settings.minRate);
    }

    bool tryAcquire(SimTime now, double permits) {
        refill(now);
        if (permits > tokens_)
            return false;
        tokens_ -= permits;
        return true;
    }
    void setRate(SimTime now, double perSecond) {
        refill(now);
        settings_.maxRate = std::max(perSecond, settings_.minRate);
        tokens_ = std::min(tokens_, capacity());
    }
    double capacity() const { return std::max(1.0, settings_.maxRate); }
    double rate() const { return settings_.maxRate; }
    double available(SimTime now) {
        refill(now);
        return tokens_;
    }
    SendRateBucketSettings const& settings() const { return settings_; }

private:
    void refill(SimTime now) {
        if (last_)
            tokens_ =
                std::min(capacity(), tokens_ + (now - *last_).inSeconds() * settings_.maxRate);
        last_ = now;
    }

    SendRateBucketSettings settings_;
    double tokens_ = 0;
    std::optional<SimTime> last_;
};

} // namespace shakedown::resilience
