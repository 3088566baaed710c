#pragma once

#include <optional>
#include <vector>

namespace shakedown::measure {

/// A mean, how far it may be off, and how well that is known.
struct MeanEstimate {
    double mean = 0;
    double error = 0;   // standard error, 0 if all values are the same
    double freedom = 1; // degrees of freedom of the standard error, at least 1
};

/// Of independent values, one a replication; nothing for fewer than two. Equal values have exactly
/// their own value as their mean.
std::optional<MeanEstimate> meanEstimate(std::vector<double> const& values);

} // namespace shakedown::measure
