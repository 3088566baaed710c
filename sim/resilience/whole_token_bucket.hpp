#pragma once

#include <algorithm>
#include <cmath>
#include <cstdint>

#include "scenarios/vocabulary/time.hpp"

namespace shakedown::resilience {

struct WholeTokenBucketSettings {
    double maxTokens = 1;
    double fillPerSecond = 1;
    friend bool operator==(WholeTokenBucketSettings const&,
                           WholeTokenBucketSettings const&) = default;
};

/// Envoy's token bucket: starts full, gives whole tokens only, while fractions go on accruing; it
/// never makes anyone wait. Source: envoyproxy/envoy, common/common/token_bucket_impl.cc.
class WholeTokenBucket {
public:
    explicit WholeTokenBucket(WholeTokenBucketSettings const& settings)
        : settings_(settings), tokens_(settings.maxTokens) {}

    /// How many of `wanted` are had: all or none, unless a part will do.
    std::int64_t consume(SimTime now, std::int64_t wanted, bool takesPart) {
        if (tokens_ < settings_.maxTokens)
            tokens_ = std::min(settings_.maxTokens,
                               tokens_ + (now - last_).inSeconds() * settings_.fillPerSecond);
        last_ = now;
        // A sum of parts that should be whole falls a little short of it.
        auto const whole = static_cast<std::int64_t>(std::floor(tokens_ + 1e-9));
        std::int64_t const had = takesPart ? std::min(whole, wanted) : wanted;
        if (had > whole)
            return 0;
        tokens_ -= static_cast<double>(had);
        return had;
    }
    /// Until the next token; zero if one is there.
    Duration nextToken() const {
        if (tokens_ >= 1)
            return {};
        return Duration::milliseconds(
            static_cast<std::int64_t>(std::ceil(1000 / settings_.fillPerSecond)));
    }
    void reset(double tokens) { tokens_ = tokens; }
    WholeTokenBucketSettings const& settings() const { return settings_; }

private:
    WholeTokenBucketSettings settings_;
    double tokens_;
    SimTime last_;
};

} // namespace shakedown::resilience
