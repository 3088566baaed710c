#pragma once

#include <string>
#include <vector>

#include "reports/verdict/evidence.hpp"

namespace shakedown::verdict {

/// What does not add up, one sentence each; empty is as it must be. Per load, over the run with
/// its warm-up: offered = ok + degraded + failed + rejected + timed out + those that the world
/// still holds. Per call: attempts = succeeded + timeouts + errors + refused + cancelled + pending.
std::vector<std::string> conservationFaults(Evidence const& evidence, record::Names const& names);

} // namespace shakedown::verdict
