#pragma once

#include "chaos-agent/protocol/fault.hpp"

namespace shakedown::injectors {

/// What a kind of fault is done to.
enum class Family {
    Packets,
    QueuedPackets,
    Process,
    Container,
    Connections,
    Disk,
    Load,
    Quota,
    Descriptors
};
Family familyOf(protocol::FaultKind const& kind);

} // namespace shakedown::injectors
