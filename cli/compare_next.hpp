#pragma once

#include <string>
#include <vector>

#include "cli/compare_options.hpp"
#include "reports/summary/comparison.hpp"

namespace shakedown::cli {

/// What to try after a comparison, a line each.
std::vector<std::string> nextAfter(summary::Comparison const& comparison,
                                   CompareOrders const& orders, summary::PastRun const& a,
                                   summary::PastRun const& b);

} // namespace shakedown::cli
