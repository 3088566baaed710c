#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "reports/verdict/evidence.hpp"

namespace shakedown::html {

/// The latencies of a load in one window as points of their quantile function, over the number of
/// nines: 0 is the minimum, 1 the p90, 2 the p99.
struct TailLine {
    std::string window; // "whole run", "during autos-slow"
    std::uint64_t count = 0;
    std::vector<double> seconds; // a point every `tailStep` nines, as far as the count reaches
};
struct Tail {
    std::string load;
    std::vector<TailLine> lines;
};
inline constexpr double tailStep = 0.1;
inline constexpr std::size_t tailLines = 4; // windows a load

/// Of all replications together: of the whole run and of the windows that expectations speak of.
std::vector<Tail> tailsOf(verdict::Demand const& demand, record::Names const& names,
                          std::vector<verdict::Evidence> const& replications);

/// The curves of one load as a figure, with the table behind them.
std::string figure(Tail const& tail);

} // namespace shakedown::html
