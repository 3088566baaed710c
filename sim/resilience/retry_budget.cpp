#include "sim/resilience/retry_budget.hpp"

#include "scenarios/vocabulary/overloaded.hpp"

namespace shakedown::resilience {

namespace {

constexpr double perSecondOf(std::optional<Rate> const& rate, double otherwise) {
    return rate ? rate->perSecond() : otherwise;
}

} // namespace

RetryBudget::Machine RetryBudget::machineOf(RetryBudgetSettings const& settings) {
    return std::visit(
        Overloaded{
            [](RetryBucketSettings const& s) -> Machine { return RetryBucket(s); },
            [](FinagleBudgetSettings const& s) -> Machine { return FinagleBudget(s); },
            [](TpsBudgetSettings const& s) -> Machine { return TpsBudget(s); },
            [](ConcurrencyBudgetSettings const& s) -> Machine { return ConcurrencyBudget(s); },
            [](RetryThrottleSettings const& s) -> Machine { return RetryThrottle(s); },
            [](RetryQuotaSettings const& s) -> Machine { return RetryQuota(s); }},
        settings);
}

RetryBudget::RetryBudget(RetryBudgetSettings const& settings) : machine_(machineOf(settings)) {}

void RetryBudget::onRequest(SimTime now) {
    std::visit(Overloaded{[](RetryBucket& m) { m.onRequest(); },
                          [&](FinagleBudget& m) { m.deposit(now); },
                          [&](TpsBudget& m) { m.deposit(now); }, [](ConcurrencyBudget&) {},
                          [](RetryThrottle&) {}, [](RetryQuota&) {}},
               machine_);
}

bool RetryBudget::tryRetry(SimTime now, RetryLoad const& load, RetryReason reason) {
    return std::visit(Overloaded{[](RetryBucket& m) { return m.tryRetry(); },
                                 [&](FinagleBudget& m) { return m.tryWithdraw(now); },
                                 [&](TpsBudget& m) { return m.tryWithdraw(now); },
                                 [&](ConcurrencyBudget& m) { return m.mayRetry(load); },
                                 [](RetryThrottle& m) { return m.mayRetry(); },
                                 [&](RetryQuota& m) { return m.tryRetry(reason); }},
                      machine_);
}

void RetryBudget::onRetryableFailure(SimTime /*now*/) {
    if (auto* const throttle = std::get_if<RetryThrottle>(&machine_))
        throttle->onFailure();
}

void RetryBudget::onSuccess(SimTime /*now*/, int retries) {
    if (auto* const throttle = std::get_if<RetryThrottle>(&machine_))
        throttle->onSuccess();
    if (auto* const quota = std::get_if<RetryQuota>(&machine_))
        quota->onSuccess(retries > 0 ? quota->costOf(RetryReason::Other) : 0);
}

RetryBudgetSettings retryBudgetSettingsOf(model::RetryBudget const& b,
                                          std::optional<model::Dialect> dialect) {
    using model::Dialect;
    if (b.percent || b.minConcurrent) {
        ConcurrencyBudgetSettings s;
        s.budgetPercent = b.percent ? b.percent->value() * 100 : s.budgetPercent;
        s.minRetryConcurrency = b.minConcurrent.value_or(s.minRetryConcurrency);
        return s;
    }
    if (b.ratio || b.minRate) {
        FinagleBudgetSettings s;
        s.percentCanRetry = b.ratio ? b.ratio->value() : s.percentCanRetry;
        s.minRetriesPerSecond = perSecondOf(b.minRate, s.minRetriesPerSecond);
        if (dialect == Dialect::Tower || dialect == Dialect::Linkerd)
            return TpsBudgetSettings{s.ttl, s.minRetriesPerSecond, s.percentCanRetry};
        return s;
    }
    if (dialect == Dialect::Grpc) {
        RetryThrottleSettings s;
        return RetryThrottleSettings{b.tokens.value_or(s.maxTokens),
                                     b.deposit.value_or(s.tokenRatio)};
    }
    if (dialect == Dialect::AwsSdk) {
        RetryQuotaSettings s;
        s.capacity = static_cast<int>(b.tokens.value_or(s.capacity));
        s.cost = static_cast<int>(b.cost.value_or(s.cost));
        s.successGain = static_cast<int>(b.deposit.value_or(s.successGain));
        return s;
    }
    RetryBucketSettings s;
    return RetryBucketSettings{b.tokens.value_or(s.tokens), b.deposit.value_or(s.deposit),
                               b.cost.value_or(s.cost)};
}

} // namespace shakedown::resilience
