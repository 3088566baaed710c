#pragma once

#include "chaos-agent/faults/operation.hpp"

namespace shakedown::injectors {

system::Failed applyLimit(LimitDescriptors const& limit);
system::Failed revertLimit(LimitDescriptors const& limit);
Verdict isLimitApplied(LimitDescriptors const& limit);
Verdict isLimitReverted(LimitDescriptors const& limit);
protocol::PlannedStep wordsOfLimit(LimitDescriptors const& limit);

} // namespace shakedown::injectors
