#include "sim/resilience/peak_ewma.hpp"

#include <algorithm>
#include <cmath>

namespace shakedown::resilience {

void PeakEwma::observe(Duration roundTrip, SimTime now) {
    double const sample = roundTrip.inSeconds();
    if (sample > seconds_) {
        seconds_ = sample;
    } else {
        double const passed = std::max(0.0, (now - stamp_).inSeconds());
        double const kept = decay_ > 0 ? std::exp(-passed / decay_) : 0.0;
        seconds_ = seconds_ * kept + sample * (1 - kept);
    }
    stamp_ = now;
}

double PeakEwma::cost(std::uint32_t outstanding, SimTime now) {
    observe(Duration(), now);
    return seconds_ * (static_cast<double>(outstanding) + 1);
}

} // namespace shakedown::resilience
