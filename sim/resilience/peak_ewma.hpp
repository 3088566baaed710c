#pragma once

#include <cstdint>

#include "scenarios/vocabulary/time.hpp"

namespace shakedown::resilience {

/// The round trip of one replica as Finagle and Linkerd see it: a slower answer replaces the mean
/// at once, a faster one comes in with 1 - e^(-dt / decay), and looking at it lets it fade the same
/// way. Source: Finagle PeakEwma, tower's load::PeakEwma; linkerd2-proxy: 30 ms at first, decay
/// 10 s.
class PeakEwma {
public:
    PeakEwma(Duration first, Duration decay, SimTime now)
        : seconds_(first.inSeconds()), decay_(decay.inSeconds()), stamp_(now) {}

    void observe(Duration roundTrip, SimTime now);
    /// Seconds x requests: the mean, faded to `now`, times (requests under way + 1).
    double cost(std::uint32_t outstanding, SimTime now);
    /// Seconds, as of the last look.
    double mean() const { return seconds_; }

private:
    double seconds_;
    double decay_; // seconds
    SimTime stamp_;
};

} // namespace shakedown::resilience
