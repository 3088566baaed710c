#pragma once

#include "chaos-agent/faults/operation.hpp"

namespace shakedown::injectors {

system::Failed applyDisturb(Disturb const& disturb, Tools const& tools);
system::Failed revertDisturb(Disturb const& disturb, Tools const& tools);
Verdict isDisturbApplied(Disturb const& disturb, Tools const& tools);
Verdict isDisturbReverted(Disturb const& disturb, Tools const& tools);
protocol::PlannedStep wordsOfDisturb(Disturb const& disturb);

} // namespace shakedown::injectors
