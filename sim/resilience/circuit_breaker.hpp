#pragma once

#include <cstdint>
#include <optional>
#include <variant>

#include "reports/measure/count_window.hpp"
#include "reports/measure/time_window.hpp"
#include "scenarios/vocabulary/quantities.hpp"
#include "scenarios/vocabulary/time.hpp"

namespace shakedown::resilience {

enum class BreakerMode : std::uint8_t { Closed, Open, HalfOpen, ForcedOpen, Disabled, MetricsOnly };
/// Limited: refused by the callee for coming too often (429, RESOURCE_EXHAUSTED); a failure for all
/// but Linkerd.
enum class CallResult : std::uint8_t { Success, Failure, Limited };

/// Settings in resilience4j's sense; defaults are those of its CircuitBreakerConfig 2.4.0.
struct CircuitBreakerSettings {
    std::variant<int, Duration> window = 100;   // last n calls, or whole seconds of time
    int minimumCalls = 100;                     // clamped to a window of calls
    double failureRate = 0.5;                   // opens at or above
    double slowRate = 1.0;                      // opens at or above
    Duration slowAfter = Duration::seconds(60); // slow is strictly longer
    Duration openFor = Duration::seconds(60);   // a trial is let through strictly later
    double openFactor = 1;                      // times longer with each opening in a row
    bool leavesOpenByItself = false;            // a timer, at exactly the wait
    int halfOpenCalls = 10;
    Duration halfOpenFor = Duration::none(); // none: half-open may last for ever
    BreakerMode afterHalfOpenFor = BreakerMode::Open;
    BreakerMode initial = BreakerMode::Closed;
    friend bool operator==(CircuitBreakerSettings const&, CircuitBreakerSettings const&) = default;
};

/// The circuit breaker of resilience4j (CircuitBreakerStateMachine): a pure machine that is told
/// the time. A result that arrives late counts in whatever state it finds; the window is fresh on
/// every state entry but Open, which goes on showing the one that tripped.
class CircuitBreaker {
public:
    explicit CircuitBreaker(CircuitBreakerSettings const& settings);

    /// Asks to send one call at `now`; takes a trial permit when half-open. Leaving the open state
    /// happens here, strictly after its time.
    bool tryAcquire(SimTime now);
    /// Gives a permit back without a result (the call was never made).
    void release();
    /// The result of a call that took `took`.
    void record(SimTime now, CallResult result, Duration took);
    /// By hand; Closed means "automatic again". An Open breaker that is opened waits anew.
    void flip(SimTime now, BreakerMode mode);
    /// By hand, for a time of its own.
    void openFor(SimTime now, Duration span);
    /// Whether the library allows this transition by hand: not from Closed to HalfOpen, nor from
    /// MetricsOnly to Open or HalfOpen.
    bool mayFlip(BreakerMode mode) const;
    /// When something happens by itself, and the doing of it.
    SimTime nextTimer() const { return timer_; }
    void onTimer(SimTime now);

    /// Other settings from now on: it stays in its mode, with a fresh window.
    void change(CircuitBreakerSettings const& settings);

    BreakerMode mode() const { return mode_; }
    bool isOpen() const { return mode_ == BreakerMode::Open || mode_ == BreakerMode::ForcedOpen; }
    /// Whether tryAcquire would be refused; changes nothing.
    bool wouldRefuse(SimTime now) const;
    CircuitBreakerSettings const& settings() const { return settings_; }

    /// What its window shows.
    measure::WindowCounts counts(SimTime now);
    /// Shares in [0, 1]; none with fewer results than the minimum.
    struct Rates {
        std::optional<double> failure;
        std::optional<double> slow;
    };
    Rates rates(SimTime now);
    struct Events {
        int notPermitted = 0; // of the window shown
        int failureRateExceeded = 0;
        int slowRateExceeded = 0;
        int transitions = 0;
    };
    Events const& events() const { return events_; }

private:
    void enter(SimTime now, BreakerMode mode);
    void open(SimTime now, Duration span);
    void evaluate(SimTime now);
    bool isTrialMode() const { return showsTrials_; }
    int minimum() const;

    CircuitBreakerSettings settings_;
    BreakerMode mode_ = BreakerMode::Closed;
    bool showsTrials_ = false; // the window shown is that of the trials
    SimTime opensUntil_;
    SimTime timer_ = SimTime::never();
    int openings_ = 0; // in a row
    int permits_ = 0;
    bool toldFailure_ = false; // metrics only: told once
    bool toldSlow_ = false;
    Events events_;
    std::variant<measure::CountWindow, measure::TimeWindow> window_;
    measure::CountWindow trials_;
};

} // namespace shakedown::resilience
