#pragma once

#include "chaos-agent/faults/operation.hpp"

namespace shakedown::injectors {

system::Failed applyChange(ChangeGroup const& change);
system::Failed revertChange(ChangeGroup const& change);
Verdict isChangeApplied(ChangeGroup const& change);
Verdict isChangeReverted(ChangeGroup const& change);
protocol::PlannedStep wordsOfChange(ChangeGroup const& change);

} // namespace shakedown::injectors
