#pragma once

#include <algorithm>
#include <array>
#include <cstdint>

#include "scenarios/vocabulary/time.hpp"

namespace shakedown::resilience {

/// Settings of tower's TpsBudget, which Linkerd's proxy uses; defaults are those of its Default.
struct TpsBudgetSettings {
    Duration ttl = Duration::seconds(10); // 1 s to 60 s
    double minPerSecond = 10;
    double retryPercent = 0.2; // a share: 0.2 is 20 %; up to 1000
    friend bool operator==(TpsBudgetSettings const&, TpsBudgetSettings const&) = default;
};

/// Ten slots of deposits less withdrawals; a slot is left when at least a tenth of the ttl has
/// passed since it was entered, and forgotten when the round comes back to it.
/// Source: tower-rs/tower, retry/budget/tps_budget.rs.
class TpsBudget {
public:
    explicit TpsBudget(TpsBudgetSettings const& settings)
        : slot_(Duration::nanoseconds(settings.ttl.count() / static_cast<std::int64_t>(slots))) {
        if (settings.retryPercent <= 0) {
            deposit_ = 0;
        } else if (settings.retryPercent <= 1) {
            withdrawal_ = static_cast<std::int64_t>(1 / settings.retryPercent);
        } else {
            deposit_ = 1000;
            withdrawal_ = static_cast<std::int64_t>(1000 / settings.retryPercent);
        }
        reserve_ = static_cast<std::int64_t>(settings.minPerSecond * settings.ttl.inSeconds()
                                             * static_cast<double>(withdrawal_));
    }

    void deposit(SimTime now) {
        expire(now);
        writer_ += deposit_;
    }
    bool tryWithdraw(SimTime now) {
        expire(now);
        if (sum() < withdrawal_)
            return false;
        writer_ -= withdrawal_;
        return true;
    }
    std::int64_t balance(SimTime now) {
        expire(now);
        return sum() / withdrawal_;
    }

private:
    static constexpr std::size_t slots = 10;

    std::int64_t sum() const {
        std::int64_t total = writer_ + reserve_;
        for (std::int64_t const n : committed_)
            total += n;
        return total;
    }
    void expire(SimTime now) {
        Duration const passed = now - entered_;
        if (passed < slot_)
            return;
        committed_[index_] = writer_;
        writer_ = 0;
        auto const steps = static_cast<std::size_t>(passed.count() / slot_.count());
        for (std::size_t i = 0; i < std::min(steps, slots); ++i) {
            index_ = (index_ + 1) % slots;
            committed_[index_] = 0;
        }
        entered_ = now;
    }

    Duration slot_;
    std::int64_t deposit_ = 1;
    std::int64_t withdrawal_ = 1;
    std::int64_t reserve_ = 0;
    std::array<std::int64_t, slots> committed_{};
    std::int64_t writer_ = 0;
    std::size_t index_ = 0;
    SimTime entered_;
};

} // namespace shakedown::resilience
