#pragma once

#include <cstdint>
#include <optional>

#include "sim/resilience/circuit_breaker.hpp"

namespace shakedown::resilience {

/// Settings of sony/gobreaker v1; its defaults.
struct GobreakerSettings {
    int maxRequests = 1;                      // trials, and successes in a row that close
    Duration interval;                        // the counts of Closed are cleared; zero: never
    Duration timeout = Duration::seconds(60); // of Open
    int consecutiveFailures = 6;              // trips: strictly more than five
    int tripMinimumRequests = 0;              // above 0: trips by ratio instead
    double tripRatio = 1;                     // at or above
    friend bool operator==(GobreakerSettings const&, GobreakerSettings const&) = default;
};

/// The breaker of sony/gobreaker. Every change begins a new generation, and a result of an older
/// one counts for nothing. Open ends strictly after its timeout. Source: gobreaker.go.
class Gobreaker {
public:
    explicit Gobreaker(GobreakerSettings const& settings)
        : settings_(settings),
          expires_(settings.interval > Duration() ? SimTime() + settings.interval
                                                  : SimTime::never()) {}

    struct Counts {
        int requests = 0;
        int successes = 0;
        int failures = 0;
        int successesInARow = 0;
        int failuresInARow = 0;
    };
    /// The generation in which the call is let in; none: Open, or too many trials.
    std::optional<std::uint32_t> tryAcquire(SimTime now) {
        refresh(now);
        if (mode_ == BreakerMode::Open)
            return std::nullopt;
        if (mode_ == BreakerMode::HalfOpen && counts_.requests >= settings_.maxRequests)
            return std::nullopt;
        ++counts_.requests;
        return generation_;
    }
    void record(SimTime now, std::uint32_t generation, bool isGood) {
        refresh(now);
        if (generation != generation_)
            return;
        ++(isGood ? counts_.successes : counts_.failures);
        counts_.successesInARow = isGood ? counts_.successesInARow + 1 : 0;
        counts_.failuresInARow = isGood ? 0 : counts_.failuresInARow + 1;
        if (mode_ == BreakerMode::HalfOpen) {
            if (!isGood)
                enter(now, BreakerMode::Open);
            else if (counts_.successesInARow >= settings_.maxRequests)
                enter(now, BreakerMode::Closed);
        } else if (!isGood && mode_ == BreakerMode::Closed && shallTrip()) {
            enter(now, BreakerMode::Open);
        }
    }
    void refresh(SimTime now) {
        if (expires_ == SimTime::never() || now <= expires_)
            return;
        if (mode_ == BreakerMode::Closed)
            begin(now);
        else if (mode_ == BreakerMode::Open)
            enter(now, BreakerMode::HalfOpen);
    }
    void enter(SimTime now, BreakerMode mode) {
        mode_ = mode;
        begin(now);
    }
    BreakerMode mode() const { return mode_; }
    bool wouldRefuse(SimTime now) const {
        if (mode_ == BreakerMode::HalfOpen)
            return counts_.requests >= settings_.maxRequests;
        return mode_ == BreakerMode::Open && now <= expires_;
    }
    Counts const& counts() const { return counts_; }
    GobreakerSettings const& settings() const { return settings_; }

private:
    bool shallTrip() const {
        if (settings_.tripMinimumRequests <= 0)
            return counts_.failuresInARow >= settings_.consecutiveFailures;
        return counts_.requests >= settings_.tripMinimumRequests
               && static_cast<double>(counts_.failures) / counts_.requests >= settings_.tripRatio;
    }
    void begin(SimTime now) {
        ++generation_;
        counts_ = {};
        expires_ = SimTime::never();
        if (mode_ == BreakerMode::Open)
            expires_ = now + settings_.timeout;
        else if (mode_ == BreakerMode::Closed && settings_.interval > Duration())
            expires_ = now + settings_.interval;
    }

    GobreakerSettings settings_;
    BreakerMode mode_ = BreakerMode::Closed;
    std::uint32_t generation_ = 0;
    Counts counts_;
    SimTime expires_;
};

} // namespace shakedown::resilience
