#pragma once
#include "scenarios/model/call_policy.hpp"
#include <algorithm>
#include <deque>
#include <optional>
namespace shakedown::resilience {
struct RetryLoad {
    int active = 0;
    int pending = 0;
    int retries = 0;
};
enum class RetryReason : std::uint8_t { Other, Timeout };
struct RetryBudgetSettings {
    double tokens = 0, deposit = 0, cost = 1;
    double percent = -1;
    int minConcurrent = 0;
    friend bool operator==(RetryBudgetSettings const&, RetryBudgetSettings const&) = default;
};
class RetryBudget {
public:
    explicit RetryBudget(RetryBudgetSettings s) : s_(s), have_(s.tokens) {}
    void onRequest(SimTime) { have_ = std::min(s_.tokens, have_ + s_.deposit); }
    bool tryRetry(SimTime, RetryLoad const& l, RetryReason) {
        if (s_.percent >= 0)
            return l.retries < std::max(static_cast<int>(s_.percent * (l.active + l.pending)),
                                        s_.minConcurrent);
        if (have_ < s_.cost)
            return false;
        have_ -= s_.cost;
        return true;
    }
    void onSuccess(SimTime, int) {}
    void onRetryableFailure(SimTime) {}

private:
    RetryBudgetSettings s_;
    double have_;
};
inline std::optional<RetryBudgetSettings> retryBudgetSettingsOf(model::RetryBudget const& b,
                                                                std::optional<model::Dialect>) {
    RetryBudgetSettings s;
    if (b.percent || b.minConcurrent) {
        s.percent = b.percent.value_or(Ratio::of(.2)).value();
        s.minConcurrent = b.minConcurrent.value_or(3);
        return s;
    }
    if (b.ratio) {
        s.tokens = 1000;
        s.deposit = b.ratio->value();
        return s;
    }
    s.tokens = b.tokens.value_or(500);
    s.deposit = b.deposit.value_or(1);
    s.cost = b.cost.value_or(5);
    return s;
}
} // namespace shakedown::resilience
