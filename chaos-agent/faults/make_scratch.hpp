#pragma once

#include "chaos-agent/faults/operation.hpp"

namespace shakedown::injectors {

system::Failed applyScratch(MakeScratch const& make);
system::Failed revertScratch(MakeScratch const& make);
Verdict isScratchApplied(MakeScratch const& make);
Verdict isScratchReverted(MakeScratch const& make);
protocol::PlannedStep wordsOfScratch(MakeScratch const& make);

} // namespace shakedown::injectors
