#include "sim/resilience/adaptive_limit.hpp"

namespace shakedown::resilience {

// The first sample and every new shortest time only set the shortest, even if it was dropped.
void VegasLimit::onSample(LimitSample const& s) {
    ++probes_;
    if (probeJitter_ * settings_.probeMultiplier * limit_ <= probes_) {
        probes_ = 0;
        probeJitter_ = 0.5 + 0.5 * s.u;
        shortest_ = s.rttMs;
        return;
    }
    if (shortest_ == 0 || s.rttMs < shortest_) {
        shortest_ = s.rttMs;
        return;
    }
    update(s);
}

void VegasLimit::update(LimitSample const& s) {
    int const log = logOfLimit(static_cast<int>(limit_));
    int const alpha = settings_.alpha.value_or(3 * log);
    int const beta = settings_.beta.value_or(6 * log);
    auto const queue = static_cast<int>(std::ceil(limit_ * (1 - shortest_ / s.rttMs)));
    double to = limit_;
    if (s.dropped == Dropped::Yes)
        to = limit_ - log;
    else if (s.inFlight * 2 < limit_)
        return;
    else if (queue <= log)
        to = limit_ + beta;
    else if (queue < alpha)
        to = limit_ + log;
    else if (queue > beta)
        to = limit_ - log;
    else
        return;
    to = std::max(1.0, std::min<double>(settings_.max, to));
    limit_ = (1 - settings_.smoothing) * limit_ + settings_.smoothing * to;
}

// A plain mean at first, then an exponential one (ExpAvgMeasurement with a warm-up of ten).
double Gradient2Limit::average(double rttMs) {
    constexpr int warmup = 10;
    if (seen_ < warmup) {
        ++seen_;
        sum_ += rttMs;
        return sum_ / seen_;
    }
    double const factor = 2.0 / (settings_.longWindow + 1);
    return long_ * (1 - factor) + rttMs * factor;
}

void Gradient2Limit::onSample(LimitSample const& s) {
    long_ = average(s.rttMs);
    // After a long overload the average comes down faster.
    if (long_ / s.rttMs > 2)
        long_ *= 0.95;
    if (s.inFlight < limit_ / 2)
        return;
    double const gradient = std::clamp(settings_.tolerance * long_ / s.rttMs, 0.5, 1.0);
    double to = limit_ * gradient + settings_.queueSize;
    to = limit_ * (1 - settings_.smoothing) + to * settings_.smoothing;
    limit_ = std::clamp<double>(to, settings_.min, settings_.max);
}

AdaptiveLimit::AdaptiveLimit(AdaptiveLimitSettings const& settings)
    : machine_(VegasLimit(VegasSettings{})) {
    if (auto const* const vegas = std::get_if<VegasSettings>(&settings))
        machine_ = VegasLimit(*vegas);
    else if (auto const* const gradient = std::get_if<Gradient2Settings>(&settings))
        machine_ = Gradient2Limit(*gradient);
    else
        machine_ = AimdLimit(std::get<AimdSettings>(settings));
}

AdaptiveLimitSettings adaptiveLimitSettingsOf(model::ServerLimit const& l) {
    switch (l.concurrency.value_or(model::ConcurrencyLimit::Vegas)) {
    case model::ConcurrencyLimit::Gradient2: {
        Gradient2Settings s;
        s.initial = l.limit.value_or(static_cast<int>(s.initial));
        s.min = std::min(s.min, static_cast<int>(s.initial));
        return s;
    }
    case model::ConcurrencyLimit::Aimd: {
        AimdSettings s;
        s.initial = l.limit.value_or(s.initial);
        s.min = std::min(s.min, s.initial);
        return s;
    }
    case model::ConcurrencyLimit::Fixed:
    case model::ConcurrencyLimit::Vegas:
        break;
    }
    VegasSettings s;
    s.initial = l.limit.value_or(s.initial);
    return s;
}

} // namespace shakedown::resilience
