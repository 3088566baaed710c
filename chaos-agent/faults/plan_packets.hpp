#pragma once

#include "chaos-agent/faults/packet_table.hpp"

namespace shakedown::injectors {

/// Rules that the kernel decides by, packet after packet.
Planned planPackets(protocol::Loss const& loss, PacketScope const& scope);
Planned planPackets(protocol::Partition const& partition, PacketScope const& scope);
Planned planPackets(protocol::Reject const& reject, PacketScope const& scope);
Planned planPackets(protocol::BlackHole const& hole, PacketScope const& scope);

} // namespace shakedown::injectors
