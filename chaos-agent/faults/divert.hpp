#pragma once

#include "chaos-agent/faults/operation.hpp"

namespace shakedown::injectors {

/// The chain of such a table that hands packets to the queue.
inline constexpr char const* heldChain = "held";

system::Failed applyDivert(Divert const& divert);
system::Failed revertDivert(Divert const& divert);
Verdict isDivertApplied(Divert const& divert);
Verdict isDivertReverted(Divert const& divert);
protocol::PlannedStep wordsOfDivert(Divert const& divert);

} // namespace shakedown::injectors
