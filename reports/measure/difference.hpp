#pragma once

#include <optional>
#include <vector>

#include "reports/measure/mean_estimate.hpp"

/// The difference of two means, and what chance alone makes of it.
namespace shakedown::measure {

struct MeanDifference {
    double value = 0; // second - first
    double low = 0;   // ends of its confidence interval
    double high = 0;
    double p = 1; // probability of at least this much between equal means; 0 to 1
};
// Differences without any spread, which Student's t calls certain however few they are, have the p
// of the sign test: 2^(1-n) for n of them (of the smaller side where they are no pairs).

/// Of values that belong together in pairs, such as two replications that met the same luck: the
/// interval of the mean of the pairs' differences, by Student's t. Pairs without any difference
/// give exactly 0, from 0 to 0. Nothing for fewer than two pairs; both lists are of the same
/// length. `confidence` in (0, 1).
std::optional<MeanDifference> pairedDifference(std::vector<double> const& first,
                                               std::vector<double> const& second,
                                               double confidence);

/// Of two independent means, whose spreads need not be equal: Welch's t, with the degrees of
/// freedom of Welch and Satterthwaite. `confidence` in (0, 1). Source: Welch, The generalization of
/// "Student's" problem, Biometrika 34 (1947); Satterthwaite, An approximate distribution of
/// estimates of variance components, Biometrics Bulletin 2 (1946), equation 17.
MeanDifference welchDifference(MeanEstimate const& first, MeanEstimate const& second,
                               double confidence);

} // namespace shakedown::measure
