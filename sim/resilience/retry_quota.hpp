#pragma once

#include <algorithm>

namespace shakedown::resilience {

/// Settings of the retry quota of the AWS SDKs in standard mode; defaults of botocore's
/// RetryQuotaChecker. The generation behind NEW_RETRIES_ENABLED costs 14 a retry and 5 after
/// throttling.
struct RetryQuotaSettings {
    int capacity = 500;
    int cost = 5;
    int timeoutCost = 10;
    int throttlingCost = 5;
    int successGain = 1; // of a call that needed no retry
    friend bool operator==(RetryQuotaSettings const&, RetryQuotaSettings const&) = default;
};

enum class RetryReason : unsigned char { Other, Timeout, Throttling };

/// A bucket of tokens for all calls of a client: a retry takes some, a call that succeeds after a
/// retry gives back what its last retry took, one that succeeds at once gives a little.
/// Source: boto/botocore, retries/standard.py and retries/quota.py.
class RetryQuota {
public:
    explicit RetryQuota(RetryQuotaSettings const& settings)
        : settings_(settings), available_(settings.capacity) {}

    int costOf(RetryReason reason) const {
        switch (reason) {
        case RetryReason::Timeout:
            return settings_.timeoutCost;
        case RetryReason::Throttling:
            return settings_.throttlingCost;
        case RetryReason::Other:
            break;
        }
        return settings_.cost;
    }
    bool tryRetry(RetryReason reason) {
        int const cost = costOf(reason);
        if (available_ < cost)
            return false;
        available_ -= cost;
        return true;
    }
    /// `spent`: what the call's last retry took; 0 if it needed none.
    void onSuccess(int spent) {
        available_ =
            std::min(settings_.capacity, available_ + (spent > 0 ? spent : settings_.successGain));
    }
    int available() const { return available_; }

private:
    RetryQuotaSettings settings_;
    int available_;
};

} // namespace shakedown::resilience
