#pragma once

#include <optional>
#include <variant>

#include "scenarios/model/call_policy.hpp"
#include "sim/resilience/concurrency_budget.hpp"
#include "sim/resilience/finagle_budget.hpp"
#include "sim/resilience/retry_bucket.hpp"
#include "sim/resilience/retry_quota.hpp"
#include "sim/resilience/retry_throttle.hpp"
#include "sim/resilience/tps_budget.hpp"

namespace shakedown::resilience {

using RetryBudgetSettings =
    std::variant<RetryBucketSettings, FinagleBudgetSettings, TpsBudgetSettings,
                 ConcurrencyBudgetSettings, RetryThrottleSettings, RetryQuotaSettings>;

/// What a caller's retries to one callee may cost together. The kinds rest on different bases
/// (requests, active requests, failures, successes) and differ in a brown-out.
class RetryBudget {
public:
    explicit RetryBudget(RetryBudgetSettings const& settings);

    /// The first attempt of a call begins.
    void onRequest(SimTime now);
    /// Asks for one retry, and takes what it costs.
    bool tryRetry(SimTime now, RetryLoad const& load, RetryReason reason);
    /// An attempt failed in a way that is retried.
    void onRetryableFailure(SimTime now);
    /// A call succeeded after so many retries.
    void onSuccess(SimTime now, int retries);

private:
    using Machine = std::variant<RetryBucket, FinagleBudget, TpsBudget, ConcurrencyBudget,
                                 RetryThrottle, RetryQuota>;
    static Machine machineOf(RetryBudgetSettings const& settings);

    Machine machine_;
};

/// The scenario's keys in the kind's terms: ratio and min_rate are Finagle's (tower's with the
/// dialects tower and linkerd), percent and min_concurrent Envoy's, tokens, deposit and cost a
/// bucket; of tokens and deposit gRPC's throttle with the dialect grpc, AWS's quota with aws_sdk.
RetryBudgetSettings retryBudgetSettingsOf(model::RetryBudget const& budget,
                                          std::optional<model::Dialect> dialect);

} // namespace shakedown::resilience
