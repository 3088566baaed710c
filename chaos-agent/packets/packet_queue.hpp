#pragma once

#include <array>
#include <memory>
#include <optional>
#include <string>

#include "chaos-agent/proxy/asio.hpp"

#include <boost/asio/posix/stream_descriptor.hpp>

#include "chaos-agent/packets/copier.hpp"
#include "chaos-agent/packets/disturbance.hpp"
#include "chaos-agent/packets/held_packets.hpp"
#include "chaos-agent/packets/orphaner.hpp"
#include "chaos-agent/packets/queue_socket.hpp"

namespace shakedown::packets {

/// Which queue it is, what is done there, and what names its chances.
struct QueueSettings {
    std::uint16_t number = 0;
    std::uint16_t sent = 0; // of packets that go out: those come here after it; 0 is none
    Disturbance what;
    std::uint64_t seed = 1;
    std::string name;
    HeldAtMost most{};
};

/// What became of the packets of a queue.
struct QueueCounts {
    std::uint64_t seen = 0;
    std::uint64_t late = 0;
    std::uint64_t lost = 0;
    std::uint64_t doubled = 0;
    std::uint64_t corrupted = 0;
    std::uint64_t undisturbed = 0; // there was no room to hold them, or no copy could be sent
    std::uint64_t missed = 0;      // the kernel let them pass: we were not fast enough
};

/// Disturbs the packets that rules hand to one queue of a network namespace. One thread runs the
/// io_context and calls everything. When it is destroyed, what it holds goes on its way at once.
class PacketQueue {
public:
    static system::Got<std::unique_ptr<PacketQueue>> open(proxy::asio::io_context& io,
                                                          system::NetworkNamespace const& place,
                                                          QueueSettings const& settings);
    ~PacketQueue();
    PacketQueue(PacketQueue const&) = delete;
    PacketQueue& operator=(PacketQueue const&) = delete;

    QueueCounts counts() const;

private:
    PacketQueue(proxy::asio::io_context& io, QueueSocket socket, std::optional<Copier> copier,
                std::unique_ptr<Orphaner> orphaner, QueueSettings const& settings);
    void listen();
    void onReadable();
    void onPacket(Packet const& packet, proxy::Instant now);
    void passDue();
    void wakeInTime();

    QueueSocket socket_;
    std::unique_ptr<Orphaner> orphaner_; // null where there is none
    std::optional<Copier> copier_;
    std::array<std::unique_ptr<Decider>, laneCount> deciders_; // by lane
    HeldPackets held_;
    QueueCounts counts_;
    proxy::asio::posix::stream_descriptor readable_;
    proxy::asio::steady_timer timer_;
    proxy::Instant wakesAt_ = proxy::never;
    // What waits to be run when this is destroyed sees it by this.
    std::shared_ptr<int> life_ = std::make_shared<int>();
};

} // namespace shakedown::packets
