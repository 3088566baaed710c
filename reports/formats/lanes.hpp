#pragma once

#include <cstddef>
#include <vector>

#include "scenarios/vocabulary/time.hpp"

namespace shakedown::formats {

/// Something that lasts, to be drawn without touching another of its kind.
struct Stretch {
    SimTime begin;
    SimTime end;
};

/// Lanes such that no two stretches of one lane overlap or touch: each goes to the lowest lane that
/// is free, so there are as many as stretches at once. Gives the lane of each, in their order.
/// Between two stretches of a lane lies at least `gap`.
std::vector<std::size_t> lanesOf(std::vector<Stretch> const& stretches, Duration gap);

} // namespace shakedown::formats
