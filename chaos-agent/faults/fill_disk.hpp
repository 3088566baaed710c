#pragma once

#include "chaos-agent/faults/operation.hpp"

namespace shakedown::injectors {

system::Failed applyFill(FillDisk const& fill);
system::Failed revertFill(FillDisk const& fill);
Verdict isFillApplied(FillDisk const& fill);
Verdict isFillReverted(FillDisk const& fill);
protocol::PlannedStep wordsOfFill(FillDisk const& fill);

} // namespace shakedown::injectors
