#pragma once

#include "chaos-agent/faults/operation.hpp"

namespace shakedown::injectors {

/// The chains of such a table that hand packets to the queue, and to the one before it for packets
/// that go out.
inline constexpr char const* heldChain = "held";
inline constexpr char const* sentChain = "sent";

system::Failed applyDivert(Divert const& divert);
system::Failed revertDivert(Divert const& divert);
Verdict isDivertApplied(Divert const& divert);
Verdict isDivertReverted(Divert const& divert);
protocol::PlannedStep wordsOfDivert(Divert const& divert);

} // namespace shakedown::injectors
