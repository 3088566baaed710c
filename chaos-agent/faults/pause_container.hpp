#pragma once

#include "chaos-agent/faults/operation.hpp"

namespace shakedown::injectors {

system::Failed applyPause(PauseContainer const& pause);
system::Failed revertPause(PauseContainer const& pause);
Verdict isPauseApplied(PauseContainer const& pause);
Verdict isPauseReverted(PauseContainer const& pause);
protocol::PlannedStep wordsOfPause(PauseContainer const& pause);

} // namespace shakedown::injectors
