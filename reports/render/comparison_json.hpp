#pragma once

#include <string>

#include "reports/summary/comparison.hpp"

namespace shakedown::render {

/// One side of a comparison, as it was named, and what it turned out to be.
struct ComparedSide {
    std::string name;
    summary::PastRun const& run;
};

/// What `shakedown compare --json` prints, as described in docs/reference/compare.md. Equal
/// comparisons give equal bytes.
std::string comparisonJson(summary::Comparison const& comparison, ComparedSide const& before,
                           ComparedSide const& now);

} // namespace shakedown::render
