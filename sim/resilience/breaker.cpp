#include "sim/resilience/breaker.hpp"

#include "scenarios/vocabulary/overloaded.hpp"

namespace shakedown::resilience {

namespace {

constexpr BreakerTicket ordinary{0};
constexpr BreakerTicket trial{1};

template <class M>
std::optional<BreakerTicket> ticketOf(M& machine, SimTime now) {
    if (!machine.tryAcquire(now))
        return std::nullopt;
    return machine.mode() == BreakerMode::HalfOpen ? trial : ordinary;
}

CircuitBreakerSettings resilience4jOf(model::CircuitBreaker const& p) {
    CircuitBreakerSettings s;
    if (p.window && p.window->time)
        s.window = *p.window->time;
    else if (p.window && p.window->calls)
        s.window = *p.window->calls;
    s.minimumCalls = p.minimumCalls.value_or(s.minimumCalls);
    s.failureRate = p.failureRate.value_or(Ratio::of(s.failureRate)).value();
    s.slowRate = p.slowRate.value_or(Ratio::of(s.slowRate)).value();
    s.slowAfter = p.slowAfter.value_or(s.slowAfter);
    s.openFor = p.openFor.value_or(s.openFor);
    s.halfOpenCalls = p.halfOpenCalls.value_or(s.halfOpenCalls);
    s.halfOpenFor = p.halfOpenFor.value_or(s.halfOpenFor);
    return s;
}

GobreakerSettings gobreakerOf(model::CircuitBreaker const& p) {
    GobreakerSettings s;
    s.maxRequests = p.halfOpenCalls.value_or(s.maxRequests);
    s.interval = p.window && p.window->time ? *p.window->time : s.interval;
    s.timeout = p.openFor.value_or(s.timeout);
    s.consecutiveFailures = p.consecutive.value_or(s.consecutiveFailures);
    if (p.failureRate && !p.consecutive) {
        s.tripRatio = p.failureRate->value();
        s.tripMinimumRequests = p.minimumCalls.value_or(1);
    }
    return s;
}

PollyBreakerSettings pollyOf(model::CircuitBreaker const& p) {
    PollyBreakerSettings s;
    s.failureRatio = p.failureRate ? p.failureRate->value() : s.failureRatio;
    s.minimumThroughput = std::max(2, p.minimumCalls.value_or(s.minimumThroughput));
    s.samplingDuration = p.window && p.window->time ? *p.window->time : s.samplingDuration;
    s.breakDuration = p.openFor.value_or(s.breakDuration);
    return s;
}

HystrixBreakerSettings hystrixOf(model::CircuitBreaker const& p) {
    HystrixBreakerSettings s;
    s.requestVolumeThreshold = p.minimumCalls.value_or(s.requestVolumeThreshold);
    s.errorThreshold = p.failureRate ? p.failureRate->value() : s.errorThreshold;
    s.sleepWindow = p.openFor.value_or(s.sleepWindow);
    if (p.window && p.window->time && *p.window->time >= Duration::milliseconds(10))
        s.rolling = *p.window->time;
    return s;
}

// Finagle combines both policies; Linkerd's counts failures in a row unless a rate is said.
FailureAccrualSettings accrualOf(model::CircuitBreaker const& p) {
    FailureAccrualSettings s;
    s.jitter = 0.5; // Backoff.equalJittered; jitter-ratio 0.5
    if (p.dialect == model::Dialect::Linkerd) {
        s.kind = AccrualKind::Linkerd;
        s.consecutiveFailures = 7;
        s.successRate = 0;
        s.deadFor = Duration::seconds(1);
        s.deadForMost = Duration::seconds(60);
    }
    s.consecutiveFailures = p.consecutive.value_or(s.consecutiveFailures);
    s.successRate = p.failureRate ? 1 - p.failureRate->value() : s.successRate;
    s.minimumRequests = p.minimumCalls.value_or(s.minimumRequests);
    if (p.window && p.window->calls)
        s.windowRequests = *p.window->calls;
    if (p.window && p.window->time && *p.window->time > Duration())
        s.window = *p.window->time;
    s.deadFor = p.openFor.value_or(s.deadFor);
    s.deadForMost = std::max(s.deadFor, s.deadForMost);
    return s;
}

} // namespace

Breaker::Machine Breaker::machineOf(BreakerSettings const& settings) {
    return std::visit(
        Overloaded{[](CircuitBreakerSettings const& s) -> Machine { return CircuitBreaker(s); },
                   [](GobreakerSettings const& s) -> Machine { return Gobreaker(s); },
                   [](PollyBreakerSettings const& s) -> Machine { return PollyBreaker(s); },
                   [](HystrixBreakerSettings const& s) -> Machine { return HystrixBreaker(s); },
                   [](FailureAccrualSettings const& s) -> Machine { return FailureAccrual(s); }},
        settings);
}

Breaker::Breaker(BreakerSettings const& settings) : machine_(machineOf(settings)) {}

std::optional<BreakerTicket> Breaker::tryAcquire(SimTime now) {
    if (auto* const common = std::get_if<CircuitBreaker>(&machine_))
        return common->tryAcquire(now) ? std::optional(ordinary) : std::nullopt;
    if (held_ == BreakerMode::ForcedOpen)
        return std::nullopt;
    if (held_ == BreakerMode::Disabled)
        return ordinary;
    return std::visit(Overloaded{[&](CircuitBreaker& m) { return ticketOf(m, now); },
                                 [&](Gobreaker& m) -> std::optional<BreakerTicket> {
                                     auto const generation = m.tryAcquire(now);
                                     return generation ? std::optional(BreakerTicket{*generation})
                                                       : std::nullopt;
                                 },
                                 [&](PollyBreaker& m) { return ticketOf(m, now); },
                                 [&](HystrixBreaker& m) { return ticketOf(m, now); },
                                 [&](FailureAccrual& m) { return ticketOf(m, now); }},
                      machine_);
}

void Breaker::release(SimTime now, BreakerTicket ticket) {
    bool const wasTrial = ticket.value == trial.value;
    std::visit(Overloaded{[](CircuitBreaker& m) { m.release(); },
                          // gobreaker and Polly know no release: a call that is given up failed.
                          [&](Gobreaker& m) { m.record(now, ticket.value, false); },
                          [&](PollyBreaker& m) {
                              if (wasTrial)
                                  m.record(now, false);
                          },
                          [&](HystrixBreaker& m) {
                              if (wasTrial)
                                  m.release();
                          },
                          [&](FailureAccrual& m) {
                              if (wasTrial)
                                  m.release();
                          }},
               machine_);
}

void Breaker::record(SimTime now, BreakerTicket ticket, CallResult result, Duration took,
                     double u) {
    if (auto* const common = std::get_if<CircuitBreaker>(&machine_))
        return common->record(now, result, took);
    if (held_ != BreakerMode::Closed)
        return;
    bool const isGood = result == CallResult::Success;
    bool const wasTrial = ticket.value == trial.value;
    std::visit(Overloaded{[](CircuitBreaker&) {},
                          [&](Gobreaker& m) { m.record(now, ticket.value, isGood); },
                          [&](PollyBreaker& m) { m.record(now, isGood); },
                          [&](HystrixBreaker& m) { m.record(now, wasTrial, isGood); },
                          [&](FailureAccrual& m) { m.record(now, wasTrial, result, u); }},
               machine_);
}

void Breaker::flip(SimTime now, BreakerMode mode) {
    bool const isHeld = mode == BreakerMode::ForcedOpen || mode == BreakerMode::Disabled;
    bool const isCommon = std::holds_alternative<CircuitBreaker>(machine_);
    held_ = isHeld && !isCommon ? mode : BreakerMode::Closed;
    if (isHeld && !isCommon)
        return;
    std::visit(Overloaded{[&](CircuitBreaker& m) { m.flip(now, mode); },
                          [&](Gobreaker& m) { m.enter(now, mode); },
                          [&](PollyBreaker& m) { m.flip(now, mode); },
                          [&](HystrixBreaker& m) { m.flip(now, mode); },
                          [&](FailureAccrual& m) { m.flip(now, mode); }},
               machine_);
}

BreakerMode Breaker::mode() const {
    if (held_ != BreakerMode::Closed)
        return held_;
    return std::visit([](auto const& m) { return m.mode(); }, machine_);
}

SimTime Breaker::nextTimer() const {
    auto const* const common = std::get_if<CircuitBreaker>(&machine_);
    return common != nullptr ? common->nextTimer() : SimTime::never();
}

void Breaker::onTimer(SimTime now) {
    if (auto* const common = std::get_if<CircuitBreaker>(&machine_))
        common->onTimer(now);
}

void Breaker::change(BreakerSettings const& settings) {
    auto* const common = std::get_if<CircuitBreaker>(&machine_);
    auto const* const others = std::get_if<CircuitBreakerSettings>(&settings);
    if (common != nullptr && others != nullptr)
        return common->change(*others);
    machine_ = machineOf(settings);
}

BreakerSettings Breaker::settings() const {
    return std::visit([](auto const& m) -> BreakerSettings { return m.settings(); }, machine_);
}

bool Breaker::wouldRefuse(SimTime now) const {
    if (held_ != BreakerMode::Closed)
        return held_ == BreakerMode::ForcedOpen;
    return std::visit([&](auto const& m) { return m.wouldRefuse(now); }, machine_);
}

bool jitters(BreakerSettings const& settings) {
    auto const* const accrual = std::get_if<FailureAccrualSettings>(&settings);
    return accrual != nullptr && accrual->jitter > 0;
}

BreakerSettings breakerSettingsOf(model::CircuitBreaker const& p) {
    using model::Dialect;
    switch (p.dialect.value_or(Dialect::Resilience4j)) {
    case Dialect::Gobreaker:
        return gobreakerOf(p);
    case Dialect::Polly:
        return pollyOf(p);
    case Dialect::Hystrix:
        return hystrixOf(p);
    case Dialect::Finagle:
    case Dialect::Linkerd:
        return accrualOf(p);
    case Dialect::Resilience4j:
    case Dialect::Envoy:
    case Dialect::Istio:
    case Dialect::Grpc:
    case Dialect::AwsSdk:
    case Dialect::Tower:
    case Dialect::Go:
    case Dialect::Nginx:
    case Dialect::Haproxy:
    case Dialect::Kubernetes:
        break;
    }
    return resilience4jOf(p);
}

} // namespace shakedown::resilience
