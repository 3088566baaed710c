#pragma once

#include <array>
#include <cstdint>

#include "scenarios/vocabulary/time.hpp"

namespace shakedown::resilience {

/// Settings of Finagle's RetryBudget; defaults are those of RetryBudget.apply().
struct FinagleBudgetSettings {
    Duration ttl = Duration::seconds(10); // 1 s to 60 s: how long a deposit counts
    double minRetriesPerSecond = 10;      // that are there whatever was deposited
    double percentCanRetry = 0.2;         // retries a request pays for; above 1 several
    friend bool operator==(FinagleBudgetSettings const&, FinagleBudgetSettings const&) = default;
};

/// A leaky bucket of tokens: a request puts in, a retry takes out, tokens expire after the ttl in
/// ten slices. Withdrawals expire too, so a spent reserve comes back one ttl later.
/// Source: twitter/finagle, service/RetryBudget.scala and util/LeakyTokenBucket.scala.
class FinagleBudget {
public:
    explicit FinagleBudget(FinagleBudgetSettings const& settings)
        : settings_(settings),
          slice_(Duration::nanoseconds(settings.ttl.count() / static_cast<std::int64_t>(slices))) {
        if (settings.percentCanRetry > 0)
            withdrawal_ = static_cast<std::int64_t>(scale / settings.percentCanRetry);
        if (settings.percentCanRetry <= 0)
            deposit_ = 0;
        if (settings.percentCanRetry > 1) {
            deposit_ = static_cast<std::int64_t>(scale * settings.percentCanRetry);
            withdrawal_ = scale;
        }
        reserve_ = static_cast<std::int64_t>(settings.minRetriesPerSecond * settings.ttl.inSeconds()
                                             * static_cast<double>(withdrawal_));
    }

    void deposit(SimTime now) {
        expire(now);
        tokens_[current_] += deposit_;
        sum_ += deposit_;
    }
    bool tryWithdraw(SimTime now) {
        expire(now);
        if (sum_ + reserve_ < withdrawal_)
            return false;
        tokens_[current_] -= withdrawal_;
        sum_ -= withdrawal_;
        return true;
    }
    /// Retries that could be paid for now.
    std::int64_t balance(SimTime now) {
        expire(now);
        return (sum_ + reserve_) / withdrawal_;
    }

private:
    static constexpr std::size_t slices = 10;
    static constexpr std::int64_t scale = 1000;

    void expire(SimTime now) {
        for (std::size_t passed = 0; now - sliceBegan_ >= slice_; ++passed) {
            if (passed >= slices) {
                sliceBegan_ = now;
                return;
            }
            sliceBegan_ = sliceBegan_ + slice_;
            current_ = (current_ + 1) % slices;
            sum_ -= tokens_[current_];
            tokens_[current_] = 0;
        }
    }

    FinagleBudgetSettings settings_;
    Duration slice_;
    std::int64_t deposit_ = scale;
    std::int64_t withdrawal_ = scale;
    std::int64_t reserve_ = 0;
    std::array<std::int64_t, slices> tokens_{};
    std::int64_t sum_ = 0;
    std::size_t current_ = 0;
    SimTime sliceBegan_;
};

} // namespace shakedown::resilience
