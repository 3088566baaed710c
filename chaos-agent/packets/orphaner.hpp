#pragma once

#include <memory>
#include <vector>

#include "chaos-agent/proxy/asio.hpp"

#include <boost/asio/posix/stream_descriptor.hpp>

#include "chaos-agent/packets/queue_socket.hpp"

namespace shakedown::packets {

/// Takes packets that go out from the account of the socket that sent them, as a network card does
/// once it has sent them, and hands them to the next queue. Packets that are held on their sender's
/// account would stop it: TCP sends nothing more while two of its own are held by its host.
///
/// The kernel copies a packet, and forgets who sent it, when it becomes longer than its memory. So
/// each is given back to this queue with padding, comes again, and goes on with its own bytes.
class Orphaner {
public:
    static system::Got<std::unique_ptr<Orphaner>> open(proxy::asio::io_context& io,
                                                       system::NetworkNamespace const& place,
                                                       std::uint16_t number, std::uint16_t next);
    /// What is under way goes to the next queue first.
    ~Orphaner();
    Orphaner(Orphaner const&) = delete;
    Orphaner& operator=(Orphaner const&) = delete;

private:
    Orphaner(proxy::asio::io_context& io, QueueSocket socket, std::uint16_t number,
             std::uint16_t next);
    void listen();
    bool readSome();
    void onPacket(Packet const& packet);

    QueueSocket socket_;
    std::uint16_t number_;
    std::uint16_t next_;
    std::vector<std::byte> padded_;
    proxy::asio::posix::stream_descriptor readable_;
    // What waits to be run when this is destroyed sees it by this.
    std::shared_ptr<int> life_ = std::make_shared<int>();
};

} // namespace shakedown::packets
