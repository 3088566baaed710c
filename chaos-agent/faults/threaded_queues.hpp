#pragma once

#include <utility>

#include "chaos-agent/faults/packet_queues.hpp"
#include "chaos-agent/packets/queue_thread.hpp"

namespace shakedown::injectors {

/// Queues in a thread that ends with their owner.
class ThreadedQueues final : public PacketQueues {
public:
    explicit ThreadedQueues(std::uint64_t seed, packets::QueueThread::OnClosed onClosed = {})
        : thread_(seed, std::move(onClosed)) {}

    system::Failed open(system::NetworkNamespace const& place, std::uint16_t number,
                        std::string const& name, protocol::FaultKind const& what) override;
    system::Failed close(system::NamespaceId const& place, std::uint16_t number) override;
    bool isOpen(system::NamespaceId const& place, std::uint16_t number) override;

    packets::QueueThread& thread() { return thread_; }

private:
    packets::QueueThread thread_;
};

} // namespace shakedown::injectors
