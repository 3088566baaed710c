#pragma once

#include <vector>

namespace shakedown::measure {

/// p-values of several tests at once, adjusted so that each can be held against the same level:
/// with all below 0.05 counted as found, the probability of one or more false finds among all tests
/// is at most 0.05, however the tests depend on each other. In the order given; each in [0, 1] and
/// no less than it was. Source: Holm, A simple sequentially rejective multiple test procedure,
/// Scandinavian Journal of Statistics 6 (1979).
std::vector<double> holmAdjusted(std::vector<double> const& p);

} // namespace shakedown::measure
