#pragma once

#include <cstdint>
#include <vector>

#include "reports/why/course.hpp"
#include "reports/why/shares.hpp"

namespace shakedown::why {

/// Each an equal part of `weight`.
void addEvents(Shares& shares, std::vector<std::uint32_t> const& events, double weight);

/// A mistake of configuration; if somebody set such a number during the run, it is that event's.
Shares configured(Course const& course, FirstCause cause, SimTime at);

} // namespace shakedown::why
