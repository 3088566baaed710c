#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "reports/measure/histogram.hpp"

namespace shakedown::formats {

/// How many latencies do not exceed a bound, in seconds as text ("0.005", "+Inf").
struct Bucket {
    std::string_view bound;
    std::uint64_t count = 0;
};

/// Cumulative, with fixed bounds from 100 us to 100 s in steps of 1-2-5, so that runs can be added
/// and compared; the last is +Inf. A bound within a cell of the histogram counts the whole cell:
/// what is at most 0.2 % above it may be among those below.
std::vector<Bucket> bucketsOf(measure::Histogram const& histogram);

} // namespace shakedown::formats
