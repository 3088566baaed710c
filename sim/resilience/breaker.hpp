#pragma once
#include "sim/resilience/circuit_breaker.hpp"
namespace shakedown::resilience {
struct BreakerTicket {
    std::uint32_t generation = 0;
};
class Breaker {
public:
    explicit Breaker(BreakerSettings s) : b_(std::move(s)) {}
    std::optional<BreakerTicket> tryAcquire(SimTime now) {
        if (b_.tryAcquire(now))
            return BreakerTicket{};
        return std::nullopt;
    }
    void release(SimTime, BreakerTicket) { b_.release(); }
    void record(SimTime now, BreakerTicket, CallResult r, Duration took) {
        b_.record(now, r, took);
    }
    void flip(SimTime now, BreakerMode m) { b_.flip(now, m); }
    BreakerMode mode() const { return b_.mode(); }
    SimTime nextTimer() const { return SimTime::never(); }
    void onTimer(SimTime) {}
    void change(BreakerSettings const& s) { b_.change(s); }
    BreakerSettings const& settings() const { return b_.settings(); }
    bool wouldRefuse(SimTime) const { return b_.isOpen(); }

private:
    CircuitBreaker b_;
};
inline BreakerSettings breakerSettingsOf(model::CircuitBreaker const& b) {
    BreakerSettings s;
    if (b.window && b.window->time)
        s.window = *b.window->time;
    else if (b.window && b.window->calls)
        s.window = *b.window->calls;
    s.minimumCalls = b.minimumCalls.value_or(s.minimumCalls);
    s.failureRate = b.failureRate.value_or(Ratio::of(s.failureRate)).value();
    s.slowRate = b.slowRate.value_or(Ratio::of(s.slowRate)).value();
    s.slowAfter = b.slowAfter.value_or(s.slowAfter);
    s.openFor = b.openFor.value_or(s.openFor);
    s.halfOpenCalls = b.halfOpenCalls.value_or(s.halfOpenCalls);
    s.halfOpenFor = b.halfOpenFor.value_or(s.halfOpenFor);
    return s;
}
} // namespace shakedown::resilience
