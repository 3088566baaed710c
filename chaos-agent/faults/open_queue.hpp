#pragma once

#include "chaos-agent/faults/operation.hpp"

namespace shakedown::injectors {

system::Failed applyOpen(OpenQueue const& open, Tools const& tools);
system::Failed revertOpen(OpenQueue const& open, Tools const& tools);
Verdict isOpenApplied(OpenQueue const& open, Tools const& tools);
Verdict isOpenReverted(OpenQueue const& open, Tools const& tools);
protocol::PlannedStep wordsOfOpen(OpenQueue const& open);

} // namespace shakedown::injectors
