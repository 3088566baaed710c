#pragma once

#include "chaos-agent/faults/operation.hpp"

namespace shakedown::injectors {

system::Failed applyStop(StopProcess const& stop);
system::Failed revertStop(StopProcess const& stop);
Verdict isStopApplied(StopProcess const& stop);
Verdict isStopReverted(StopProcess const& stop);
protocol::PlannedStep wordsOfStop(StopProcess const& stop);

} // namespace shakedown::injectors
