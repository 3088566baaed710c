#pragma once

#include "chaos-agent/faults/operation.hpp"

namespace shakedown::injectors {

system::Failed applyOpen(OpenProxy const& open, Tools const& tools);
system::Failed revertOpen(OpenProxy const& open, Tools const& tools);
Verdict isOpenApplied(OpenProxy const& open, Tools const& tools);
Verdict isOpenReverted(OpenProxy const& open, Tools const& tools);
protocol::PlannedStep wordsOfOpen(OpenProxy const& open);

} // namespace shakedown::injectors
