#pragma once

#include <chrono>

#include "scenarios/vocabulary/time.hpp"

namespace shakedown::conduct {

/// Time of a live run: since its start, by a clock that nobody sets.
class Clock {
public:
    using Instant = std::chrono::steady_clock::time_point;

    SimTime now() const {
        return SimTime::atNanoseconds((std::chrono::steady_clock::now() - zero_).count());
    }
    /// `time` must not be never().
    Instant instantOf(SimTime time) const { return zero_ + std::chrono::nanoseconds(time.count()); }

private:
    Instant zero_ = std::chrono::steady_clock::now();
};

} // namespace shakedown::conduct
