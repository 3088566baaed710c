#pragma once

#include <algorithm>
#include <cstdint>
#include <optional>

#include "scenarios/vocabulary/time.hpp"

namespace shakedown::resilience {

/// Settings of resilience4j's RateLimiter; defaults of RateLimiterConfig 2.4.0.
struct CycleLimiterSettings {
    std::int64_t limitForPeriod = 50;
    Duration limitRefreshPeriod = Duration::nanoseconds(500);
    Duration timeout = Duration::seconds(5);
    friend bool operator==(CycleLimiterSettings const&, CycleLimiterSettings const&) = default;
};

/// Permits by cycle: unused ones are not carried over, waiting reserves those of later cycles, and
/// a refused reservation takes nothing. Source: resilience4j, AtomicRateLimiter.
class CycleLimiter {
public:
    explicit CycleLimiter(CycleLimiterSettings const& settings)
        : settings_(settings), permits_(settings.limitForPeriod) {}

    /// How long to wait for `n` permits; none if that is longer than `most`.
    std::optional<Duration> reserve(SimTime now, std::int64_t n, Duration most) {
        refresh(now);
        Duration const wait = waitFor(now, n);
        if (wait > most)
            return std::nullopt;
        permits_ -= n;
        return wait;
    }
    std::int64_t available(SimTime now) {
        refresh(now);
        return permits_;
    }
    Duration nextPermission(SimTime now, std::int64_t n = 1) {
        refresh(now);
        return waitFor(now, n);
    }
    /// Takes what is there; gives how many that were.
    std::int64_t drain(SimTime now) {
        refresh(now);
        std::int64_t const taken = std::max<std::int64_t>(0, permits_);
        permits_ -= taken;
        return taken;
    }
    /// From the next cycle on; debts are kept.
    void setLimit(SimTime now, std::int64_t limit) {
        refresh(now);
        settings_.limitForPeriod = limit;
    }
    void setTimeout(Duration timeout) { settings_.timeout = timeout; }
    CycleLimiterSettings const& settings() const { return settings_; }

private:
    std::int64_t period() const { return settings_.limitRefreshPeriod.count(); }
    void refresh(SimTime now) {
        std::int64_t const cycle = now.count() / period();
        if (cycle == cycle_)
            return;
        std::int64_t gained = 0;
        if (__builtin_mul_overflow(cycle - cycle_, settings_.limitForPeriod, &gained)
            || __builtin_add_overflow(permits_, gained, &gained))
            gained = settings_.limitForPeriod;
        permits_ = std::min(gained, settings_.limitForPeriod);
        cycle_ = cycle;
    }
    Duration waitFor(SimTime now, std::int64_t n) const {
        if (permits_ >= n)
            return {};
        std::int64_t const left = (cycle_ + 1) * period() - now.count();
        std::int64_t const missing = n - (permits_ + settings_.limitForPeriod);
        std::int64_t const limit = std::max<std::int64_t>(1, settings_.limitForPeriod);
        std::int64_t const cycles = missing > 0 ? (missing + limit - 1) / limit : 0;
        return Duration::nanoseconds(left + cycles * period());
    }

    CycleLimiterSettings settings_;
    std::int64_t cycle_ = 0;
    std::int64_t permits_;
};

} // namespace shakedown::resilience
