#pragma once

#include <cstdint>
#include <optional>
#include <variant>

#include "scenarios/model/call_policy.hpp"
#include "sim/resilience/circuit_breaker.hpp"
#include "sim/resilience/failure_accrual.hpp"
#include "sim/resilience/gobreaker.hpp"
#include "sim/resilience/hystrix_breaker.hpp"
#include "sim/resilience/polly_breaker.hpp"

namespace shakedown::resilience {

using BreakerSettings =
    std::variant<CircuitBreakerSettings, GobreakerSettings, PollyBreakerSettings,
                 HystrixBreakerSettings, FailureAccrualSettings>;

/// What a call that was let in shows with its result: the generation it belongs to, or whether it
/// was the trial.
struct BreakerTicket {
    std::uint32_t value = 0;
};

/// A circuit breaker of any dialect, as a call meets it.
class Breaker {
public:
    explicit Breaker(BreakerSettings const& settings);

    std::optional<BreakerTicket> tryAcquire(SimTime now);
    /// The call was never made, or nobody will learn its result.
    void release(SimTime now, BreakerTicket ticket);
    /// `u` in (0, 1) draws the jitter of a time out, where the dialect has one (jitters()).
    void record(SimTime now, BreakerTicket ticket, CallResult result, Duration took, double u);
    /// By hand; Closed means "automatic again".
    void flip(SimTime now, BreakerMode mode);
    BreakerMode mode() const;
    bool isOpen() const { return mode() == BreakerMode::Open || mode() == BreakerMode::ForcedOpen; }
    /// When something happens by itself; never for most.
    SimTime nextTimer() const;
    void onTimer(SimTime now);
    /// Other settings from now on; of another dialect, a fresh machine.
    void change(BreakerSettings const& settings);
    BreakerSettings settings() const;
    /// Whether tryAcquire would be refused; changes nothing.
    bool wouldRefuse(SimTime now) const;

private:
    using Machine =
        std::variant<CircuitBreaker, Gobreaker, PollyBreaker, HystrixBreaker, FailureAccrual>;
    static Machine machineOf(BreakerSettings const& settings);

    Machine machine_;
    BreakerMode held_ = BreakerMode::Closed; // by hand: ForcedOpen, Disabled, or Closed for neither
};

/// Whether the time that a breaker stays open is drawn.
bool jitters(BreakerSettings const& settings);

/// The scenario's keys in the terms of the dialect (resilience4j if none is said, or one that has
/// no breaker). What is not said is the library's default; keys it does not have are left aside.
BreakerSettings breakerSettingsOf(model::CircuitBreaker const& policy);

} // namespace shakedown::resilience
