#pragma once

#include <cstddef>
#include <vector>

#include "scenarios/vocabulary/time.hpp"

namespace shakedown::resilience {

/// Settings of resilience4j's AVERAGE_PLUS hedge duration; defaults of HedgeDurationConfig 2.4.0.
struct AverageCutoffSettings {
    double factor = 100; // per cent of the average, or milliseconds on top of it
    bool isPercentage = true;
    bool measuresErrors = false;
    std::size_t window = 100; // last responses
};

/// The hedge's delay: a share of the average of the last responses of the primary, or the average
/// and an amount. Source: resilience4j-hedge, AverageDurationSupplier.
class AverageCutoff {
public:
    explicit AverageCutoff(AverageCutoffSettings const& settings) : settings_(settings) {
        times_.reserve(settings.window);
    }

    void observe(bool isError, double milliseconds) {
        if (isError && !settings_.measuresErrors)
            return;
        if (times_.size() < settings_.window)
            times_.push_back(milliseconds);
        else
            times_[next_] = milliseconds;
        next_ = (next_ + 1) % settings_.window;
    }
    double milliseconds() const {
        double sum = 0;
        for (double const t : times_)
            sum += t;
        double const average = times_.empty() ? 0 : sum / static_cast<double>(times_.size());
        if (settings_.factor == 0)
            return average;
        return settings_.isPercentage ? average * settings_.factor / 100
                                      : average + settings_.factor;
    }

private:
    AverageCutoffSettings settings_;
    std::vector<double> times_;
    std::size_t next_ = 0;
};

} // namespace shakedown::resilience
