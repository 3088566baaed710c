#pragma once

#include "chaos-agent/faults/packet_table.hpp"

namespace shakedown::injectors {

/// Rules that hand packets to a queue of ours, where they are disturbed one by one. For a kind of
/// the family QueuedPackets.
Planned planQueue(protocol::FaultKind const& what, PacketScope const& scope);

/// Such rules without a target, for a look at what a host can do.
TableRules sampleQueueRules();

} // namespace shakedown::injectors
