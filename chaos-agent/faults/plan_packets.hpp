#pragma once

#include "chaos-agent/faults/planner.hpp"

namespace shakedown::injectors {

/// What the packets of a fault are chosen by.
struct PacketScope {
    protocol::FaultRequest const& request;
    Target const& target;
    Targets const& targets;
    Protected const& spared;
};

/// Rules in the network namespace of the target, or of this host for a target that has none of its
/// own; there its address says which packets are its.
Planned planPackets(protocol::Loss const& loss, PacketScope const& scope);
Planned planPackets(protocol::Partition const& partition, PacketScope const& scope);
Planned planPackets(protocol::Reject const& reject, PacketScope const& scope);
Planned planPackets(protocol::BlackHole const& hole, PacketScope const& scope);

} // namespace shakedown::injectors
