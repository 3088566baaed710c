#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "reports/measure/outcomes.hpp"

/// Confidence intervals of means. Every interval says what it was made from, because the two ways
/// promise different things: independent replications are trustworthy, batches of one run are
/// correlated and only nearly so.
namespace shakedown::measure {

enum class IntervalMethod : std::uint8_t { Replications, BatchMeans };

struct Interval {
    double mean = 0;
    double low = 0;
    double high = 0;
    IntervalMethod method = IntervalMethod::Replications;
    double freedom = 1; // degrees of freedom of Student's t behind the ends
    double halfWidth() const { return (high - low) / 2; }
};

/// Interval of the mean of independent values, one a replication: mean +- t s / sqrt(n). Nothing
/// for fewer than two values. `confidence` in (0, 1), such as 0.95.
std::optional<Interval> meanInterval(std::vector<double> const& values, double confidence);

/// Interval of the mean over all events of one run that was cut into batches of equal length. The
/// batches hold different numbers of events, so this is the interval of a ratio: with R = sum of
/// sums / sum of counts, the spread of sum_i - R count_i. Nothing for fewer than two batches or no
/// event. Seconds. Source: Law, Simulation Modeling and Analysis, 9.5.3 (batch means, ratios).
std::optional<Interval> batchMeansInterval(std::vector<Batch> const& batches, double confidence);

} // namespace shakedown::measure
