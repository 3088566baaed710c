// How the libraries draw their waits.
#include <algorithm>

#include "sim/resilience/backoff.hpp"
#include "sim/resilience/polly_delay.hpp"
#include "sim/resilience/retry_intervals.hpp"

namespace shakedown::resilience {

using model::Jitter;

namespace {

Duration milliseconds(double n) {
    return Duration::fromSeconds(n * 1e-3);
}

Duration ofResilience4j(Backoff const& b, int attempt, double u) {
    RetryIntervalSettings s;
    s.initialMilliseconds = b.initial.inMilliseconds();
    s.multiplier = b.factor;
    s.isExponential = b.factor != 1;
    if (b.jitter != Jitter::None)
        s.randomization = 0.5; // IntervalFunction.DEFAULT_RANDOMIZATION_FACTOR
    if (!b.max.isNone())
        s.maxMilliseconds = b.max.inMilliseconds();
    RetryIntervals intervals(s);
    for (int i = 1; i < attempt; ++i)
        intervals.next(0.5);
    return Duration::milliseconds(intervals.next(u));
}

// Its memory is how far the decorrelated formula has come, a second for each multiple of the base.
BackoffWait ofPolly(Backoff const& b, int attempt, double u, Duration memory) {
    constexpr int mostDoublings = 30;
    PollyDelaySettings s;
    s.delayMs = b.initial.inMilliseconds();
    s.type = b.factor == 1 ? PollyBackoff::Constant : PollyBackoff::Exponential;
    s.useJitter = true;
    if (!b.max.isNone())
        s.maxDelayMs = b.max.inMilliseconds();
    PollyDelay delay(s, memory.inSeconds());
    double const wait = delay.next(std::min(attempt - 1, mostDoublings), u);
    return {milliseconds(std::max(0.0, wait)), Duration::fromSeconds(delay.previous())};
}

Duration ofEnvoy(Duration interval, double u) {
    auto const whole = static_cast<std::int64_t>(interval.inMilliseconds());
    return Duration::milliseconds(static_cast<std::int64_t>(u * static_cast<double>(whole)));
}

Duration ofTower(Backoff const& b, Duration interval, double u) {
    constexpr double jitter = 0.99; // ExponentialBackoffMaker::default()
    return std::min(b.max, interval * (1 + jitter * u));
}

BackoffLaw lawOf(std::optional<model::Dialect> dialect) {
    using model::Dialect;
    if (!dialect)
        return BackoffLaw::Plain;
    switch (*dialect) {
    case Dialect::Resilience4j:
        return BackoffLaw::Resilience4j;
    case Dialect::Polly:
        return BackoffLaw::Polly;
    case Dialect::Grpc:
        return BackoffLaw::Grpc;
    case Dialect::Envoy:
    case Dialect::Istio:
        return BackoffLaw::Envoy;
    case Dialect::Tower:
        return BackoffLaw::Tower;
    case Dialect::Gobreaker:
    case Dialect::Hystrix:
    case Dialect::Finagle:
    case Dialect::Linkerd:
    case Dialect::AwsSdk: // u x min(2^(n-1), 20 s) is full jitter
    case Dialect::Go:
    case Dialect::Nginx:
    case Dialect::Haproxy:
    case Dialect::Kubernetes:
        break;
    }
    return BackoffLaw::Plain;
}

} // namespace

bool Backoff::remembers() const {
    return jitter == Jitter::Decorrelated || law == BackoffLaw::Polly;
}

bool Backoff::isDrawn() const {
    return jitter != Jitter::None || law == BackoffLaw::Grpc || law == BackoffLaw::Tower;
}

BackoffWait Backoff::next(int attempt, double u, Duration memory) const {
    if (initial <= Duration())
        return {};
    Backoff sure = *this;
    sure.jitter = Jitter::None;
    bool const isPlain =
        law == BackoffLaw::Plain || (!isDrawn() && law != BackoffLaw::Resilience4j);
    if (isPlain) {
        Duration const wait = delay(attempt, u, memory);
        return {wait, wait};
    }
    switch (law) {
    case BackoffLaw::Resilience4j:
        return {ofResilience4j(*this, attempt, u), {}};
    case BackoffLaw::Polly:
        return ofPolly(*this, attempt, u, memory);
    case BackoffLaw::Grpc:
        return {sure.delay(attempt, u, {}) * (0.8 + 0.4 * u), {}};
    case BackoffLaw::Envoy:
        return {ofEnvoy(sure.delay(attempt, u, {}), u), {}};
    case BackoffLaw::Tower:
        return {ofTower(*this, sure.delay(attempt, u, {}), u), {}};
    case BackoffLaw::Plain:
        break;
    }
    return {};
}

Backoff backoffOf(model::Backoff const& b, std::optional<model::Dialect> dialect) {
    return {b.initial.value_or(Duration()), b.factor.value_or(2.0),
            b.max.value_or(Duration::none()), b.jitter.value_or(Jitter::None), lawOf(dialect)};
}

} // namespace shakedown::resilience
