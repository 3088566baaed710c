#pragma once

#include <string>

#include "tests/properties/chooser.hpp"

namespace shakedown::tests {

/// A distribution whose mean is about `milliseconds`, quoted.
std::string randomDistribution(Chooser& choose, int milliseconds);

/// Adds keys of a call's policy, anything that is simulated.
void addRandomPolicy(Chooser& choose, FlowMap& map);

} // namespace shakedown::tests
