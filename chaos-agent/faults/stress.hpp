#pragma once

#include "chaos-agent/faults/operation.hpp"

namespace shakedown::injectors {

system::Failed applyStress(Stress const& stress, Tools const& tools);
system::Failed revertStress(Stress const& stress, Tools const& tools);
/// A failure once it has ended by itself: out of memory, or ended by somebody.
system::Failed checkStress(Stress const& stress, Tools const& tools);
Verdict isStressApplied(Stress const& stress);
Verdict isStressReverted(Stress const& stress);
protocol::PlannedStep wordsOfStress(Stress const& stress);

} // namespace shakedown::injectors
