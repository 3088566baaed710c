#include "sim/resilience/circuit_breaker.hpp"

#include <algorithm>

namespace shakedown::resilience {

namespace {

std::variant<measure::CountWindow, measure::TimeWindow> makeWindow(BreakerSettings const& s) {
    if (auto const* calls = std::get_if<int>(&s.window))
        return measure::CountWindow(static_cast<std::size_t>(std::max(1, *calls)));
    double const seconds = std::get<Duration>(s.window).inSeconds();
    return measure::TimeWindow(static_cast<std::size_t>(std::max(1.0, seconds)));
}

int minimumOf(BreakerSettings const& s) {
    auto const* calls = std::get_if<int>(&s.window);
    return calls == nullptr ? s.minimumCalls : std::min(s.minimumCalls, *calls);
}

} // namespace

CircuitBreaker::CircuitBreaker(BreakerSettings settings)
    : settings_(settings), window_(makeWindow(settings)),
      trials_(static_cast<std::size_t>(std::max(1, settings.halfOpenCalls))) {}

bool CircuitBreaker::tryAcquire(SimTime now) {
    if (mode_ == BreakerMode::Open && now > entered_ + settings_.openFor)
        enter(now, BreakerMode::HalfOpen);
    bool const trialsTooLong = mode_ == BreakerMode::HalfOpen && !settings_.halfOpenFor.isNone()
                               && settings_.halfOpenFor > Duration()
                               && now >= entered_ + settings_.halfOpenFor;
    if (trialsTooLong)
        enter(now, BreakerMode::Open);
    switch (mode_) {
    case BreakerMode::Closed:
    case BreakerMode::MetricsOnly:
    case BreakerMode::Disabled:
        return true;
    case BreakerMode::Open:
    case BreakerMode::ForcedOpen:
        return false;
    case BreakerMode::HalfOpen:
        break;
    }
    if (trialsTaken_ >= settings_.halfOpenCalls)
        return false;
    ++trialsTaken_;
    return true;
}

void CircuitBreaker::release() {
    if (mode_ == BreakerMode::HalfOpen && trialsTaken_ > 0)
        --trialsTaken_;
}

void CircuitBreaker::record(SimTime now, CallResult result, Duration took) {
    measure::CallRecord const entry{
        result == CallResult::Failure ? measure::Verdict::Failure : measure::Verdict::Success,
        took > settings_.slowAfter ? measure::Pace::Slow : measure::Pace::Quick};
    switch (mode_) {
    case BreakerMode::MetricsOnly:
    case BreakerMode::Disabled:
    case BreakerMode::ForcedOpen:
    case BreakerMode::Open:
        return;
    case BreakerMode::Closed:
        std::visit([&](auto& w) { w.record(now, entry); }, window_);
        break;
    case BreakerMode::HalfOpen:
        trials_.record(now, entry);
        break;
    }
    evaluate(now);
}

void CircuitBreaker::evaluate(SimTime now) {
    bool const halfOpen = mode_ == BreakerMode::HalfOpen;
    auto const seen = halfOpen ? trials_.snapshot(now)
                               : std::visit([&](auto& w) { return w.snapshot(now); }, window_);
    int const minimum =
        halfOpen ? std::min(minimumOf(settings_), settings_.halfOpenCalls) : minimumOf(settings_);
    if (static_cast<int>(seen.total) < minimum)
        return;
    auto const share = [&](std::uint64_t n) {
        return static_cast<double>(n) / static_cast<double>(seen.total);
    };
    bool const tripped =
        share(seen.failures) >= settings_.failureRate || share(seen.slow) >= settings_.slowRate;
    if (tripped)
        enter(now, BreakerMode::Open);
    else if (halfOpen)
        enter(now, BreakerMode::Closed);
}

void CircuitBreaker::flip(SimTime now, BreakerMode mode) {
    enter(now, mode);
}

void CircuitBreaker::change(BreakerSettings const& settings) {
    settings_ = settings;
    window_ = makeWindow(settings);
    trials_ = measure::CountWindow(static_cast<std::size_t>(std::max(1, settings.halfOpenCalls)));
}

void CircuitBreaker::enter(SimTime now, BreakerMode mode) {
    mode_ = mode;
    entered_ = now;
    trialsTaken_ = 0;
    trials_.clear();
    std::visit([](auto& w) { w.clear(); }, window_);
}

} // namespace shakedown::resilience
