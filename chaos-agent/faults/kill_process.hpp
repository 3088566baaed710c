#pragma once

#include "chaos-agent/faults/operation.hpp"

namespace shakedown::injectors {

system::Failed applyKill(KillProcess const& kill);
system::Failed revertKill(KillProcess const& kill);
Verdict isKillApplied(KillProcess const& kill);
Verdict isKillReverted(KillProcess const& kill);
protocol::PlannedStep wordsOfKill(KillProcess const& kill);

} // namespace shakedown::injectors
