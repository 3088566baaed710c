#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "reports/verdict/evidence.hpp"

namespace shakedown::summary {

/// The latencies of a load in one window as points of their quantile function, over the number of
/// nines: 0 is the minimum, 1 the p90, 2 the p99.
struct TailLine {
    std::string window; // "whole run", "during autos-slow"
    std::uint64_t count = 0;
    std::vector<Duration> latencies; // a point every `tailStep` nines, as far as the count reaches
};
inline constexpr double tailStep = 0.1;
inline constexpr std::size_t mostNines = 5;
inline constexpr std::size_t tailLines = 4; // windows a load

/// Of load `i`, all replications together: of the whole run, of the time before, during and after
/// the first fault, and of the windows that expectations speak of; only those in which anything was
/// answered, the whole run always.
std::vector<TailLine> tailOf(std::size_t i, verdict::Demand const& demand,
                             std::vector<verdict::Evidence> const& replications);

} // namespace shakedown::summary
