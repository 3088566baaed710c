#pragma once

#include <algorithm>

namespace shakedown::resilience {

/// Settings of Envoy's retry budget; defaults of cluster.proto `circuit_breakers.retry_budget`.
struct ConcurrencyBudgetSettings {
    double budgetPercent = 20; // of the active and pending requests
    int minRetryConcurrency = 3;
    friend bool operator==(ConcurrencyBudgetSettings const&,
                           ConcurrencyBudgetSettings const&) = default;
};

/// Attempts and retries under way of one caller to one callee.
struct RetryLoad {
    int active = 0; // attempts, retries included
    int pending = 0;
    int retries = 0;
};

/// Retries may be under way up to a share of the requests that are. Source: envoyproxy/envoy,
/// common/upstream/resource_manager_impl.h.
class ConcurrencyBudget {
public:
    explicit ConcurrencyBudget(ConcurrencyBudgetSettings const& settings) : settings_(settings) {}

    /// The product is truncated to a whole number of retries.
    int most(RetryLoad const& load) const {
        return std::max(static_cast<int>(settings_.budgetPercent / 100.0
                                         * static_cast<double>(load.active + load.pending)),
                        settings_.minRetryConcurrency);
    }
    bool mayRetry(RetryLoad const& load) const { return load.retries < most(load); }

private:
    ConcurrencyBudgetSettings settings_;
};

} // namespace shakedown::resilience
