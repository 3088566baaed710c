#pragma once

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <optional>

#include "scenarios/chance/elementary.hpp"

namespace shakedown::resilience {

enum class PollyBackoff : std::uint8_t { Constant, Linear, Exponential };

/// Settings of Polly v8's RetryStrategyOptions; its defaults.
struct PollyDelaySettings {
    double delayMs = 2000;
    PollyBackoff type = PollyBackoff::Constant;
    bool useJitter = false;
    std::optional<double> maxDelayMs;
};

/// The delays of Polly v8: a jitter of 25 % to both sides of constant and linear ones, the
/// decorrelated formula for exponential ones, and the cap behind it.
/// Source: App-vNext/Polly, Polly.Core/Retry/RetryHelper.cs.
class PollyDelay {
public:
    /// `previous`: of a call whose delays go on (previous()).
    explicit PollyDelay(PollyDelaySettings const& settings, double previous = 0)
        : settings_(settings), previous_(previous) {}

    /// Before retry `attempt` (from 0); `u` in [0, 1].
    double next(int attempt, double u) {
        double delay = raw(attempt, u);
        if (settings_.maxDelayMs)
            delay = std::min(delay, *settings_.maxDelayMs);
        return delay;
    }

    /// How far the decorrelated formula has come, in multiples of the delay.
    double previous() const { return previous_; }

private:
    double raw(int attempt, double u) {
        double const base = settings_.delayMs;
        switch (settings_.type) {
        case PollyBackoff::Constant:
            return jittered(base, u);
        case PollyBackoff::Linear:
            return jittered(base * (attempt + 1), u);
        case PollyBackoff::Exponential:
            break;
        }
        if (!settings_.useJitter)
            return base * std::ldexp(1.0, attempt);
        double const t = attempt + u;
        double const root = std::sqrt(4 * t);
        double const e = chance::exponential(2 * root); // tanh x = (e^2x - 1) / (e^2x + 1)
        double const tanh = root > 20 ? 1.0 : (e - 1) / (e + 1);
        double const value = chance::exponential(t * 0.6931471805599453) * tanh;
        double const step = value - previous_;
        previous_ = value;
        return step / 1.4 * base;
    }
    double jittered(double delay, double u) const {
        return settings_.useJitter ? delay + delay * 0.5 * u - delay * 0.25 : delay;
    }

    PollyDelaySettings settings_;
    double previous_;
};

} // namespace shakedown::resilience
