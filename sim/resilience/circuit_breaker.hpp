#pragma once

#include <cstdint>
#include <optional>
#include <variant>

#include "reports/measure/count_window.hpp"
#include "reports/measure/time_window.hpp"
#include "scenarios/model/call_policy.hpp"
#include "scenarios/vocabulary/quantities.hpp"
#include "scenarios/vocabulary/time.hpp"

namespace shakedown::resilience {

/// Settings in resilience4j's sense; defaults are those of its CircuitBreakerConfig 2.4.0.
struct BreakerSettings {
    std::variant<int, Duration> window = 100;   // last n calls, or whole seconds of time
    int minimumCalls = 100;                     // clamped to a window of calls
    double failureRate = 0.5;                   // opens at or above
    double slowRate = 1.0;                      // opens at or above
    Duration slowAfter = Duration::seconds(60); // slow is strictly longer
    Duration openFor = Duration::seconds(60);   // a trial is let through strictly later
    int halfOpenCalls = 10;
    Duration halfOpenFor = Duration::none(); // none: half-open may last for ever
    friend bool operator==(BreakerSettings const&, BreakerSettings const&) = default;
};

enum class BreakerMode : std::uint8_t { Closed, Open, HalfOpen, ForcedOpen, Disabled, MetricsOnly };
enum class CallResult : std::uint8_t { Success, Failure };

/// The circuit breaker of resilience4j (CircuitBreakerStateMachine): a pure machine that is told
/// the time. A result that arrives late counts in whatever state it finds (rule 7: the dialect
/// says so); the window is fresh on every state entry.
class CircuitBreaker {
public:
    explicit CircuitBreaker(BreakerSettings settings);

    /// Asks to send one call at `now`; takes a trial permit when half-open. Leaving the open state
    /// happens here, strictly after its time.
    bool tryAcquire(SimTime now);
    /// Gives a permit back without a result (the call was never made).
    void release();
    /// The result of a call that took `took`.
    void record(SimTime now, CallResult result, Duration took);
    /// By hand; Closed means "automatic again".
    void flip(SimTime now, BreakerMode mode);

    /// Other settings from now on: it stays in its mode, with a fresh window.
    void change(BreakerSettings const& settings);

    BreakerMode mode() const { return mode_; }
    bool isOpen() const { return mode_ == BreakerMode::Open || mode_ == BreakerMode::ForcedOpen; }
    BreakerSettings const& settings() const { return settings_; }

private:
    void enter(SimTime now, BreakerMode mode);
    void evaluate(SimTime now);

    BreakerSettings settings_;
    BreakerMode mode_ = BreakerMode::Closed;
    SimTime entered_;
    int trialsTaken_ = 0;
    std::variant<measure::CountWindow, measure::TimeWindow> window_;
    measure::CountWindow trials_;
};

} // namespace shakedown::resilience
