#pragma once

#include "chaos-agent/faults/operation.hpp"

namespace shakedown::injectors {

system::Failed applyRestart(RestartContainer const& restart);
system::Failed revertRestart(RestartContainer const& restart);
Verdict isRestartApplied(RestartContainer const& restart);
Verdict isRestartReverted(RestartContainer const& restart);
protocol::PlannedStep wordsOfRestart(RestartContainer const& restart);

} // namespace shakedown::injectors
