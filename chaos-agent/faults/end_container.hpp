#pragma once

#include "chaos-agent/faults/operation.hpp"

namespace shakedown::injectors {

system::Failed applyEnd(EndContainer const& end);
system::Failed revertEnd(EndContainer const& end);
Verdict isEndApplied(EndContainer const& end);
Verdict isEndReverted(EndContainer const& end);
protocol::PlannedStep wordsOfEnd(EndContainer const& end);

} // namespace shakedown::injectors
