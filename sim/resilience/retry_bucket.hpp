#pragma once

#include <algorithm>

namespace shakedown::resilience {

/// The plain token bucket of M. Brooker ("Fixing retries with token buckets and circuit breakers",
/// 2022): every request puts a part of a token in, a retry takes some out; it starts full.
struct RetryBucketSettings {
    double tokens = 500;
    double deposit = 0.1;
    double cost = 1;
    friend bool operator==(RetryBucketSettings const&, RetryBucketSettings const&) = default;
};

class RetryBucket {
public:
    explicit RetryBucket(RetryBucketSettings const& settings)
        : settings_(settings), tokens_(settings.tokens) {}

    void onRequest() { tokens_ = std::min(settings_.tokens, tokens_ + settings_.deposit); }
    // A sum of tenths that should be whole falls a little short of it.
    bool tryRetry() {
        if (tokens_ < settings_.cost - 1e-9)
            return false;
        tokens_ -= settings_.cost;
        return true;
    }
    double tokens() const { return tokens_; }

private:
    RetryBucketSettings settings_;
    double tokens_;
};

} // namespace shakedown::resilience
