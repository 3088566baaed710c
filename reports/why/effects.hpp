#pragma once

#include <cstdint>
#include <string_view>

#include "scenarios/vocabulary/time.hpp"

namespace shakedown::why {

/// What a fault or an operation can do to those it touches.
enum class Effect : std::uint8_t {
    Slows = 1,     // work takes longer, or hangs
    TakesAway = 2, // replicas are gone, or take nothing new
    Disturbs = 4,  // messages are late, lost or refused
    Fails = 8,     // answers are errors
    Floods = 16,   // more requests come
    Sets = 32      // other numbers, or a breaker by hand
};

/// By its verb ("slow"); an unknown one may do anything.
bool has(std::string_view verb, Effect effect);

/// What was let go, or lost and sent again, arrives within so long after the fault that held it.
inline constexpr Duration echo = Duration::seconds(3);

} // namespace shakedown::why
