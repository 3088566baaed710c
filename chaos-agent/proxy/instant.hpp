#pragma once

#include <chrono>

#include "scenarios/vocabulary/time.hpp"

namespace shakedown::proxy {

/// A moment of the steady clock. Disturbances are told it and never ask for it.
using Instant = std::chrono::steady_clock::time_point;

inline constexpr Instant never = Instant::max();

/// Saturates at `never`; a negative span is none.
constexpr Instant later(Instant from, Duration span) {
    if (span <= Duration())
        return from;
    std::chrono::nanoseconds const wait(span.count());
    return never - from < wait ? never : from + wait;
}

} // namespace shakedown::proxy
