#pragma once

#include "tests/properties/chooser.hpp"

namespace shakedown::tests {

/// The budget of a retry, of any of its kinds.
std::string randomBudget(Chooser& choose);
/// Some of the guards of a call: throttle, rate limit, hedge, outlier detection, connections, slow
/// start, and another order of them.
void addRandomGuards(Chooser& choose, FlowMap& map);

} // namespace shakedown::tests
