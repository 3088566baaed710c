#pragma once

#include <cstdint>
#include <string>

#include "chaos-agent/protocol/fault.hpp"
#include "chaos-agent/system/failure.hpp"
#include "chaos-agent/system/network_namespace.hpp"

namespace shakedown::injectors {

/// Packets that go out come to a queue of their own first, the one after the queue of the fault.
constexpr std::uint16_t sentQueueOf(std::uint16_t number) {
    return static_cast<std::uint16_t>(number + 1);
}

/// The queues that packets are disturbed in, as operations reach them: they live in a thread of
/// their own, and end with the process that has them.
class PacketQueues {
public:
    virtual ~PacketQueues() = default;
    /// Packets that are sent to the queue of that number, or to the one after it for those that go
    /// out, are disturbed from now on. `name` names
    /// its chances. Fails if somebody reads that queue.
    virtual system::Failed open(system::NetworkNamespace const& place, std::uint16_t number,
                                std::string const& name, protocol::FaultKind const& what) = 0;
    /// What it holds goes on its way; one that is not there is no failure.
    virtual system::Failed close(system::NamespaceId const& place, std::uint16_t number) = 0;
    virtual bool isOpen(system::NamespaceId const& place, std::uint16_t number) = 0;
};

} // namespace shakedown::injectors
