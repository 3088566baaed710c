#include "chaos-agent/packets/orphaner.hpp"

#include <algorithm>

#include "chaos-agent/packets/ip_header.hpp"

namespace shakedown::packets {

namespace {

// Memory of packets comes in powers of two, so less than half of it is free.
constexpr std::size_t aroundPacket = 1024;  // what the kernel keeps in the same piece
constexpr std::size_t longest = 0xffff - 4; // that netlink carries
constexpr std::size_t underWay = 20'000;    // of packets, in the kernel
constexpr int roundsAtEnd = 100;

} // namespace

system::Got<std::unique_ptr<Orphaner>> Orphaner::open(proxy::asio::io_context& io,
                                                      system::NetworkNamespace const& place,
                                                      std::uint16_t number, std::uint16_t next) {
    auto socket = QueueSocket::open(place, number, Sight::Whole, underWay);
    if (auto* failure = std::get_if<system::Failure>(&socket))
        return std::move(*failure);
    return std::unique_ptr<Orphaner>(
        new Orphaner(io, std::get<QueueSocket>(std::move(socket)), number, next));
}

Orphaner::Orphaner(proxy::asio::io_context& io, QueueSocket socket, std::uint16_t number,
                   std::uint16_t next)
    : socket_(std::move(socket)), number_(number), next_(next), readable_(io, socket_.number()) {
    listen();
}

Orphaner::~Orphaner() {
    for (int i = 0; i < roundsAtEnd && readSome(); ++i) {
    }
    readable_.release(); // its owner closes it
}

void Orphaner::listen() {
    readable_.async_wait(proxy::asio::posix::stream_descriptor::wait_read,
                         [this, life = std::weak_ptr(life_)](proxy::error_code error) {
                             if (error || life.expired())
                                 return;
                             (void)readSome();
                             listen();
                         });
}

bool Orphaner::readSome() {
    bool const any = socket_.read([&](Packet const& packet) { onPacket(packet); });
    socket_.flush();
    return any;
}

void Orphaner::onPacket(Packet const& packet) {
    auto const own = ownLength(packet.bytes);
    bool const isWhole = packet.bytes.size() == packet.length && own != 0 && own <= packet.length;
    if (!isWhole || packet.length >= longest) {
        socket_.passTo(next_, packet.id, {});
        return;
    }
    if (own < packet.length) {
        socket_.passTo(next_, packet.id, packet.bytes.first(own));
        return;
    }
    padded_.assign(std::min(longest, 2 * packet.length + aroundPacket), std::byte{});
    std::copy(packet.bytes.begin(), packet.bytes.end(), padded_.begin());
    socket_.passTo(number_, packet.id, padded_);
}

} // namespace shakedown::packets
