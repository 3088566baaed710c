#pragma once

#include "chaos-agent/faults/operation.hpp"

namespace shakedown::injectors {

system::Failed applyRestart(RestartProcess const& restart);
/// Runs the action again if nobody answers: a restart that was cut short leaves a service down.
system::Failed revertRestart(RestartProcess const& restart);
Verdict isRestartApplied(RestartProcess const& restart);
Verdict isRestartReverted(RestartProcess const& restart);
protocol::PlannedStep wordsOfRestart(RestartProcess const& restart);

} // namespace shakedown::injectors
