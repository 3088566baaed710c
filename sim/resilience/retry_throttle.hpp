#pragma once

#include <algorithm>
#include <cmath>
#include <cstdint>

namespace shakedown::resilience {

/// Settings of gRPC's retryThrottling (gRFC A6); both are required there. These are the example's.
struct RetryThrottleSettings {
    double maxTokens = 10;
    double tokenRatio = 0.1; // three decimals count
    friend bool operator==(RetryThrottleSettings const&, RetryThrottleSettings const&) = default;
};

/// A count of tokens that failures take and successes give back in parts; retries and hedges are
/// made while it stands strictly above half. Counted in thousandths, as grpc-java does.
class RetryThrottle {
public:
    explicit RetryThrottle(RetryThrottleSettings const& settings)
        : max_(thousandths(settings.maxTokens)), ratio_(thousandths(settings.tokenRatio)),
          tokens_(max_) {}

    void onFailure() { tokens_ = std::max<std::int64_t>(0, tokens_ - 1000); }
    void onSuccess() { tokens_ = std::min(max_, tokens_ + ratio_); }
    bool mayRetry() const { return tokens_ > max_ / 2; }
    double tokens() const { return static_cast<double>(tokens_) / 1000; }

private:
    static std::int64_t thousandths(double n) {
        return static_cast<std::int64_t>(std::floor(n * 1000 + 1e-6));
    }

    std::int64_t max_;
    std::int64_t ratio_;
    std::int64_t tokens_;
};

} // namespace shakedown::resilience
