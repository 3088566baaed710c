#pragma once

#include <algorithm>
#include <optional>

#include "sim/resilience/retry_throttle.hpp"

namespace shakedown::resilience {

/// Settings of gRPC's retryPolicy (gRFC A6): all are required there.
struct PushbackRetrySettings {
    int maxAttempts = 3; // the first included
    double initialBackoffMs = 100;
    double maxBackoffMs = 1000;
    double multiplier = 2;
};

/// The retries of one gRPC call: exponential backoff with a jitter of 20 % to both sides, and the
/// server's pushback, which is kept exactly and begins the backoff anew; a negative one forbids.
/// Source: gRFC A6; grpc-java RetriableStream.
class PushbackRetry {
public:
    explicit PushbackRetry(PushbackRetrySettings const& settings)
        : settings_(settings), backoffMs_(settings.initialBackoffMs) {}

    struct Decision {
        bool shallRetry = false;
        double delayMs = 0;
    };
    /// An attempt has failed. `throttle` may be null; `u` in [0, 1].
    Decision onFailure(bool isRetryableStatus, std::optional<double> pushbackMs,
                       RetryThrottle* throttle, double u) {
        ++attempts_;
        bool const forbids = pushbackMs && *pushbackMs < 0;
        bool isThrottled = false;
        if (throttle != nullptr && (isRetryableStatus || forbids)) {
            throttle->onFailure();
            isThrottled = !throttle->mayRetry();
        }
        if (attempts_ >= settings_.maxAttempts || isThrottled || forbids)
            return {};
        if (pushbackMs) {
            backoffMs_ = settings_.initialBackoffMs;
            return {true, *pushbackMs};
        }
        if (!isRetryableStatus)
            return {};
        double const delay = backoffMs_ * (0.8 + 0.4 * u);
        backoffMs_ = std::min(backoffMs_ * settings_.multiplier, settings_.maxBackoffMs);
        return {true, delay};
    }

private:
    PushbackRetrySettings settings_;
    double backoffMs_;
    int attempts_ = 0;
};

} // namespace shakedown::resilience
