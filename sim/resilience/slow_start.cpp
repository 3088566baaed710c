#include "sim/resilience/slow_start.hpp"

#include <algorithm>
#include <cmath>

namespace shakedown::resilience {

double slowStartShare(SlowStartSettings const& settings, Duration age) {
    if (age >= settings.window)
        return 1;
    double const seconds = std::max(1.0, age.inSeconds());
    double const share = seconds / settings.window.inSeconds();
    double const factor = std::pow(std::min(1.0, share), 1 / settings.aggression);
    return std::clamp(factor, settings.leastWeight, 1.0);
}

} // namespace shakedown::resilience
