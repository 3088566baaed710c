#pragma once

#include <cstdint>

namespace shakedown::resilience {

/// Envoy's backoff between retries: a random number of milliseconds in [0, interval), and the
/// interval doubles up to its maximum. Defaults of RetryPolicy.retry_back_off: 25 ms, and ten times
/// that. Source: envoyproxy/envoy, common/common/backoff_strategy.cc.
class IntervalBackoff {
public:
    explicit IntervalBackoff(std::uint64_t baseMs = 25, std::uint64_t maxMs = 250)
        : base_(baseMs), max_(maxMs), next_(baseMs) {}

    /// `random` is a whole draw of 64 bits.
    std::uint64_t next(std::uint64_t random) {
        std::uint64_t const interval = next_;
        next_ = next_ < max_ / 2 ? next_ * 2 : max_;
        return random % interval;
    }
    /// After a rate-limited answer: between the server's interval and half as much more.
    static std::uint64_t afterRateLimit(std::uint64_t intervalMs, std::uint64_t random) {
        std::uint64_t const half = intervalMs / 2;
        return intervalMs + (half > 0 ? random % half : 0);
    }
    void reset() { next_ = base_; }

private:
    std::uint64_t base_;
    std::uint64_t max_;
    std::uint64_t next_;
};

} // namespace shakedown::resilience
