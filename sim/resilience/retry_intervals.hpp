#pragma once

#include <algorithm>
#include <cstdint>
#include <optional>

namespace shakedown::resilience {

/// Settings of resilience4j's IntervalFunction and RetryConfig; defaults of 2.4.0.
struct RetryIntervalSettings {
    double initialMilliseconds = 500;
    double multiplier = 1.5;               // exponential ones
    bool isExponential = false;            // else every wait is the first
    std::optional<double> randomization;   // in [0, 1); none: not randomised
    std::optional<double> maxMilliseconds; // none: no cap
    friend bool operator==(RetryIntervalSettings const&, RetryIntervalSettings const&) = default;
};

/// The waits of resilience4j: each is truncated to whole milliseconds before the next is computed
/// from it (IntervalFunction.java iterates on longs); randomised ones lie around the truncated one.
class RetryIntervals {
public:
    explicit RetryIntervals(RetryIntervalSettings const& settings)
        : settings_(settings), next_(static_cast<std::int64_t>(settings.initialMilliseconds)) {}

    /// The next wait in milliseconds; `u` in [0, 1] where it is randomised.
    std::int64_t next(double u) {
        std::int64_t wait = next_;
        if (settings_.isExponential)
            next_ = static_cast<std::int64_t>(
                std::min(longest, static_cast<double>(next_) * settings_.multiplier));
        if (settings_.randomization) {
            double const delta = *settings_.randomization * static_cast<double>(wait);
            wait = static_cast<std::int64_t>(
                std::max(1.0, static_cast<double>(wait) - delta + u * 2 * delta));
        }
        if (settings_.maxMilliseconds)
            wait = std::min(wait, static_cast<std::int64_t>(*settings_.maxMilliseconds));
        return wait;
    }

private:
    static constexpr double longest = 1e12; // ms: 30 years

    RetryIntervalSettings settings_;
    std::int64_t next_;
};

} // namespace shakedown::resilience
