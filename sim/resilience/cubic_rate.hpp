#pragma once

#include <cmath>

namespace shakedown::resilience {

/// Settings of the CUBIC send rate of the AWS SDKs' adaptive mode; defaults of botocore.
struct CubicRateSettings {
    double startingMaxRate = 0.5;
    double scaleConstant = 0.4;
    double beta = 0.7;
    double startTimeSeconds = 0;
};

/// The rate grows by the cube of the time since the last throttling, and is cut to beta by one.
/// Source: boto/botocore, retries/throttling.py (CubicCalculator).
class CubicRate {
public:
    explicit CubicRate(CubicRateSettings const& settings)
        : settings_(settings), wMax_(settings.startingMaxRate),
          lastFail_(settings.startTimeSeconds), k_(zeroPoint()) {}

    double onSuccess(double seconds) const {
        double const dt = seconds - lastFail_ - k_;
        return settings_.scaleConstant * dt * dt * dt + wMax_;
    }
    double onThrottled(double currentRate, double seconds) {
        wMax_ = currentRate;
        k_ = zeroPoint();
        lastFail_ = seconds;
        return currentRate * settings_.beta;
    }
    double k() const { return k_; }
    double wMax() const { return wMax_; }
    double lastFail() const { return lastFail_; }

private:
    double zeroPoint() const {
        return std::cbrt(wMax_ * (1 - settings_.beta) / settings_.scaleConstant);
    }

    CubicRateSettings settings_;
    double wMax_;
    double lastFail_;
    double k_;
};

} // namespace shakedown::resilience
