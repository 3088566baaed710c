#include "sim/resilience/circuit_breaker.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

namespace shakedown::resilience {

namespace {

std::variant<measure::CountWindow, measure::TimeWindow>
makeWindow(CircuitBreakerSettings const& s) {
    if (auto const* calls = std::get_if<int>(&s.window))
        return measure::CountWindow(static_cast<std::size_t>(std::max(1, *calls)));
    double const seconds = std::get<Duration>(s.window).inSeconds();
    return measure::TimeWindow(static_cast<std::size_t>(std::max(1.0, seconds)));
}

int minimumOf(CircuitBreakerSettings const& s) {
    auto const* calls = std::get_if<int>(&s.window);
    return calls == nullptr ? s.minimumCalls : std::min(s.minimumCalls, *calls);
}

} // namespace

CircuitBreaker::CircuitBreaker(CircuitBreakerSettings const& settings)
    : settings_(settings), window_(makeWindow(settings)),
      trials_(static_cast<std::size_t>(std::max(1, settings.halfOpenCalls))) {
    if (settings.initial != BreakerMode::Closed)
        enter(SimTime(), settings.initial);
    events_ = {};
}

bool CircuitBreaker::wouldRefuse(SimTime now) const {
    switch (mode_) {
    case BreakerMode::Closed:
    case BreakerMode::MetricsOnly:
    case BreakerMode::Disabled:
        return false;
    case BreakerMode::ForcedOpen:
        return true;
    case BreakerMode::Open:
        return now <= opensUntil_;
    case BreakerMode::HalfOpen:
        break;
    }
    return permits_ <= 0;
}

bool CircuitBreaker::tryAcquire(SimTime now) {
    if (timer_ <= now)
        onTimer(now);
    if (mode_ == BreakerMode::Open && now > opensUntil_)
        enter(now, BreakerMode::HalfOpen);
    switch (mode_) {
    case BreakerMode::Closed:
    case BreakerMode::MetricsOnly:
    case BreakerMode::Disabled:
        return true;
    case BreakerMode::Open:
    case BreakerMode::ForcedOpen:
        ++events_.notPermitted;
        return false;
    case BreakerMode::HalfOpen:
        break;
    }
    if (permits_ <= 0) {
        ++events_.notPermitted;
        return false;
    }
    --permits_;
    return true;
}

void CircuitBreaker::release() {
    if (mode_ == BreakerMode::HalfOpen)
        ++permits_;
}

void CircuitBreaker::record(SimTime now, CallResult result, Duration took) {
    measure::CallRecord const entry{
        result == CallResult::Success ? measure::Verdict::Success : measure::Verdict::Failure,
        took > settings_.slowAfter ? measure::Pace::Slow : measure::Pace::Quick};
    if (mode_ == BreakerMode::Disabled || mode_ == BreakerMode::ForcedOpen)
        return;
    if (isTrialMode())
        trials_.record(now, entry);
    else
        std::visit([&](auto& w) { w.record(now, entry); }, window_);
    if (mode_ != BreakerMode::Open)
        evaluate(now);
}

int CircuitBreaker::minimum() const {
    int const least = minimumOf(settings_);
    return isTrialMode() ? std::min(least, settings_.halfOpenCalls) : least;
}

measure::WindowCounts CircuitBreaker::counts(SimTime now) {
    return isTrialMode() ? trials_.snapshot(now)
                         : std::visit([&](auto& w) { return w.snapshot(now); }, window_);
}

CircuitBreaker::Rates CircuitBreaker::rates(SimTime now) {
    auto const seen = counts(now);
    if (seen.total == 0 || static_cast<int>(seen.total) < minimum())
        return {};
    auto const total = static_cast<double>(seen.total);
    return {static_cast<double>(seen.failures) / total, static_cast<double>(seen.slow) / total};
}

void CircuitBreaker::evaluate(SimTime now) {
    auto const found = rates(now);
    if (!found.failure)
        return;
    bool const fails = *found.failure >= settings_.failureRate;
    bool const isSlow = *found.slow >= settings_.slowRate;
    bool const isWatching = mode_ == BreakerMode::MetricsOnly;
    if (mode_ != BreakerMode::HalfOpen) {
        if (fails && !std::exchange(toldFailure_, isWatching))
            ++events_.failureRateExceeded;
        if (isSlow && !std::exchange(toldSlow_, isWatching))
            ++events_.slowRateExceeded;
    }
    if (isWatching)
        return;
    if (fails || isSlow)
        enter(now, BreakerMode::Open);
    else if (mode_ == BreakerMode::HalfOpen)
        enter(now, BreakerMode::Closed);
}

bool CircuitBreaker::mayFlip(BreakerMode mode) const {
    bool const goesBack = mode == BreakerMode::HalfOpen || mode == BreakerMode::Open;
    if (mode_ == BreakerMode::Closed)
        return mode != BreakerMode::HalfOpen;
    return mode_ != BreakerMode::MetricsOnly || !goesBack;
}

void CircuitBreaker::flip(SimTime now, BreakerMode mode) {
    enter(now, mode);
}

void CircuitBreaker::openFor(SimTime now, Duration span) {
    open(now, span);
}

void CircuitBreaker::onTimer(SimTime now) {
    SimTime const at = std::min(now, std::exchange(timer_, SimTime::never()));
    if (mode_ == BreakerMode::Open)
        enter(at, BreakerMode::HalfOpen);
    else if (mode_ == BreakerMode::HalfOpen)
        enter(at, settings_.afterHalfOpenFor);
}

void CircuitBreaker::change(CircuitBreakerSettings const& settings) {
    settings_ = settings;
    window_ = makeWindow(settings);
    trials_ = measure::CountWindow(static_cast<std::size_t>(std::max(1, settings.halfOpenCalls)));
}

void CircuitBreaker::open(SimTime now, Duration span) {
    events_.transitions += mode_ == BreakerMode::Open ? 0 : 1;
    mode_ = BreakerMode::Open;
    ++openings_;
    opensUntil_ = now + span;
    timer_ = settings_.leavesOpenByItself ? opensUntil_ : SimTime::never();
}

void CircuitBreaker::enter(SimTime now, BreakerMode mode) {
    if (mode == BreakerMode::Open) {
        double const factor = std::pow(settings_.openFactor, openings_);
        return open(now,
                    settings_.openFactor == 1 ? settings_.openFor : settings_.openFor * factor);
    }
    events_.transitions += mode_ == mode ? 0 : 1;
    mode_ = mode;
    events_.notPermitted = 0;
    timer_ = SimTime::never();
    toldFailure_ = toldSlow_ = false;
    showsTrials_ = mode == BreakerMode::HalfOpen;
    trials_.clear();
    std::visit([](auto& w) { w.clear(); }, window_);
    if (mode == BreakerMode::Closed)
        openings_ = 0;
    if (mode != BreakerMode::HalfOpen)
        return;
    permits_ = settings_.halfOpenCalls;
    bool const isLimited = !settings_.halfOpenFor.isNone() && settings_.halfOpenFor > Duration();
    timer_ = isLimited ? now + settings_.halfOpenFor : SimTime::never();
}

} // namespace shakedown::resilience
