#pragma once

#include "scenarios/vocabulary/time.hpp"

namespace shakedown::resilience {

/// Less traffic for a replica that is new. Source: Envoy, SlowStartConfig.
struct SlowStartSettings {
    Duration window;          // 0: off
    double aggression = 1;    // 1: in a straight line; more: sooner
    double leastWeight = 0.1; // share of the weight at the start
    friend bool operator==(SlowStartSettings const&, SlowStartSettings const&) = default;
};

/// The share of its weight, (0,1], that a replica of this `age` gets:
/// max(leastWeight, (age / window)^(1 / aggression)) within the window, and 1 behind it. A replica
/// just ready counts as one second old, as in Envoy.
double slowStartShare(SlowStartSettings const& settings, Duration age);

} // namespace shakedown::resilience
