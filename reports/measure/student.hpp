#pragma once

/// Student's t law: how far the mean of few values lies from the truth when their spread is known
/// from the same values. Computed by Boost.Math (incomplete beta function and its inverse).
namespace shakedown::measure {

/// The value that a variable with `freedom` degrees of freedom stays below with probability p.
/// p in (0, 1), freedom at least 1 and finite; it need not be a whole number.
double studentQuantile(double p, double freedom);

/// The probability of a value at least as far from 0 as t, on either side: the p-value of a t test.
/// 1 for t = 0, 0 for an infinite t; freedom as above.
double studentTails(double t, double freedom);

} // namespace shakedown::measure
