#pragma once

#include "sim/resilience/circuit_breaker.hpp"
#include "sim/resilience/sliced_window.hpp"

namespace shakedown::resilience {

/// Settings of Polly v8's CircuitBreakerStrategyOptions; its defaults.
struct PollyBreakerSettings {
    double failureRatio = 0.1;   // opens at or above
    int minimumThroughput = 100; // at least 2
    Duration samplingDuration = Duration::seconds(30);
    Duration breakDuration = Duration::seconds(5);
    friend bool operator==(PollyBreakerSettings const&, PollyBreakerSettings const&) = default;
};

/// The breaker of Polly v8: looks at its window when a call fails, lets one trial through from the
/// end of the break on (inclusive), and that one decides. A late failure of an older call re-opens
/// it while half-open. Source: Polly.Core, CircuitStateController.
class PollyBreaker {
public:
    explicit PollyBreaker(PollyBreakerSettings const& settings)
        : settings_(settings), window_(settings.samplingDuration) {}

    bool tryAcquire(SimTime now) {
        if (mode_ == BreakerMode::ForcedOpen)
            return false;
        if (mode_ == BreakerMode::Open) {
            if (now < blockedUntil_)
                return false;
            mode_ = BreakerMode::HalfOpen;
            // Another trial only if this one has not answered for a whole break.
            blockedUntil_ = now + settings_.breakDuration;
            return true;
        }
        if (mode_ == BreakerMode::HalfOpen) {
            if (now < blockedUntil_)
                return false;
            blockedUntil_ = now + settings_.breakDuration;
        }
        return true;
    }
    bool wouldRefuse(SimTime now) const {
        return mode_ == BreakerMode::ForcedOpen
               || ((mode_ == BreakerMode::Open || mode_ == BreakerMode::HalfOpen)
                   && now < blockedUntil_);
    }
    void record(SimTime now, bool isGood) {
        switch (mode_) {
        case BreakerMode::HalfOpen:
            if (isGood)
                close();
            else
                open(now);
            return;
        case BreakerMode::Closed:
            window_.record(now, isGood);
            if (!isGood && isUnwell(now))
                open(now);
            return;
        case BreakerMode::Open:
            window_.record(now, isGood);
            return;
        case BreakerMode::ForcedOpen:
        case BreakerMode::Disabled:
        case BreakerMode::MetricsOnly:
            return;
        }
    }
    void flip(SimTime now, BreakerMode mode) {
        if (mode == BreakerMode::Closed)
            return close();
        if (mode == BreakerMode::Open)
            return open(now);
        mode_ = mode;
        blockedUntil_ = mode == BreakerMode::ForcedOpen ? SimTime::never() : now;
    }
    BreakerMode mode() const { return mode_; }
    SlicedWindow::Counts counts(SimTime now) { return window_.counts(now); }
    SimTime blockedUntil() const { return blockedUntil_; }
    PollyBreakerSettings const& settings() const { return settings_; }

private:
    bool isUnwell(SimTime now) {
        auto const seen = window_.counts(now);
        return seen.total() >= settings_.minimumThroughput
               && seen.failureRatio() >= settings_.failureRatio;
    }
    void open(SimTime now) {
        mode_ = BreakerMode::Open;
        blockedUntil_ = now + settings_.breakDuration;
    }
    void close() {
        mode_ = BreakerMode::Closed;
        window_.clear();
    }

    PollyBreakerSettings settings_;
    SlicedWindow window_;
    BreakerMode mode_ = BreakerMode::Closed;
    SimTime blockedUntil_;
};

} // namespace shakedown::resilience
