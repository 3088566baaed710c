#pragma once

#include <cstdint>
#include <functional>
#include <vector>

#include "chaos-agent/packets/disturbance.hpp"
#include "chaos-agent/packets/packet.hpp"
#include "chaos-agent/system/netfilter_socket.hpp"

namespace shakedown::packets {

/// The reading end of a queue of packets (nfnetlink_queue). A full queue lets packets pass, and
/// one whose reader is gone drops what it held. Nothing waits.
class QueueSocket {
public:
    /// Fails if somebody reads that queue.
    static system::Got<QueueSocket> open(system::NetworkNamespace const& place,
                                         std::uint16_t number, Sight sight, std::size_t holds);

    /// Tells the packets that are there, some hundreds at most; false if there are none.
    bool read(std::function<void(Packet const&)> const& each);

    // Verdicts. They are gathered, and told by `flush`.
    void pass(std::uint32_t id);
    void lose(std::uint32_t id);
    /// It goes on with these bytes in place of its own; as many.
    void passChanged(std::uint32_t id, std::span<std::byte const> bytes);
    /// It goes to another queue, or to this one again, and with these bytes unless there are none;
    /// on its way if nobody reads there.
    void passTo(std::uint16_t queue, std::uint32_t id, std::span<std::byte const> bytes);
    void flush();
    /// Everything that is in the queue goes on its way at once, read or not.
    void passAll();

    int number() const { return netlink_.number(); }
    /// Packets that passed because we did not read fast enough.
    std::uint64_t missed() const { return missed_; }

private:
    QueueSocket(system::NetfilterSocket netlink, std::uint16_t number, Sight sight);
    void decide(std::uint32_t id, std::uint32_t verdict, std::span<std::byte const> bytes);
    bool readOne(std::span<std::byte const> message,
                 std::function<void(Packet const&)> const& each);

    system::NetfilterSocket netlink_;
    std::uint16_t queue_;
    std::size_t room_; // for one packet and what is told with it
    std::vector<std::byte> incoming_;
    std::vector<std::byte> verdicts_;
    std::size_t gathered_ = 0; // bytes of verdicts_
    std::uint32_t lastId_ = 0;
    std::uint64_t missed_ = 0;
};

} // namespace shakedown::packets
