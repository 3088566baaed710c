#include "chaos-agent/packets/packet_queue.hpp"

#include <vector>

namespace shakedown::packets {

namespace {

// Above what is held by us: what waits to be read.
constexpr std::size_t unread = 4096;
constexpr std::size_t bitsOfByte = 8;

std::vector<std::byte> turned(Packet const& packet, std::size_t bit) {
    std::vector<std::byte> bytes(packet.bytes.begin(), packet.bytes.end());
    bytes[bit / bitsOfByte] ^= std::byte{1} << bit % bitsOfByte;
    return bytes;
}

} // namespace

system::Got<std::unique_ptr<PacketQueue>> PacketQueue::open(proxy::asio::io_context& io,
                                                            system::NetworkNamespace const& place,
                                                            QueueSettings const& settings) {
    std::optional<Copier> copier;
    if (std::holds_alternative<Duplicate>(settings.what)) {
        auto opened = Copier::open(place);
        if (auto* failure = std::get_if<system::Failure>(&opened))
            return std::move(*failure);
        copier = std::get<Copier>(std::move(opened));
    }
    auto socket = QueueSocket::open(place, settings.number, sightOf(settings.what),
                                    settings.most.packets + unread);
    if (auto* failure = std::get_if<system::Failure>(&socket))
        return std::move(*failure);
    std::unique_ptr<Orphaner> orphaner;
    if (settings.sent != 0) {
        auto opened = Orphaner::open(io, place, settings.sent, settings.number);
        if (auto* failure = std::get_if<system::Failure>(&opened))
            return std::move(*failure);
        orphaner = std::get<std::unique_ptr<Orphaner>>(std::move(opened));
    }
    return std::unique_ptr<PacketQueue>(
        new PacketQueue(io, std::get<QueueSocket>(std::move(socket)), std::move(copier),
                        std::move(orphaner), settings));
}

PacketQueue::PacketQueue(proxy::asio::io_context& io, QueueSocket socket,
                         std::optional<Copier> copier, std::unique_ptr<Orphaner> orphaner,
                         QueueSettings const& settings)
    : socket_(std::move(socket)), orphaner_(std::move(orphaner)), copier_(std::move(copier)),
      deciders_{
          makeDecider(settings.what, chance::Stream(settings.seed, 0, settings.name + "/in")),
          makeDecider(settings.what, chance::Stream(settings.seed, 0, settings.name + "/out"))},
      held_(settings.most), readable_(io, socket_.number()), timer_(io) {
    listen();
}

PacketQueue::~PacketQueue() {
    orphaner_.reset(); // what it has comes here first
    socket_.passAll();
    readable_.release(); // its owner closes it
}

QueueCounts PacketQueue::counts() const {
    auto counts = counts_;
    counts.missed = socket_.missed();
    return counts;
}

void PacketQueue::listen() {
    readable_.async_wait(proxy::asio::posix::stream_descriptor::wait_read,
                         [this, life = std::weak_ptr(life_)](proxy::error_code error) {
                             if (error || life.expired())
                                 return;
                             onReadable();
                             listen();
                         });
}

void PacketQueue::onReadable() {
    auto const now = std::chrono::steady_clock::now();
    (void)socket_.read([&](Packet const& packet) { onPacket(packet, now); });
    passDue();
}

void PacketQueue::onPacket(Packet const& packet, proxy::Instant now) {
    ++counts_.seen;
    auto const fate = deciders_[static_cast<std::size_t>(packet.lane)]->fateOf(packet, now);
    if (fate.isLost) {
        ++counts_.lost;
        socket_.lose(packet.id);
        return;
    }
    if (fate.isDoubled)
        ++(copier_ && copier_->send(packet) ? counts_.doubled : counts_.undisturbed);
    if (fate.turnedBit) {
        ++counts_.corrupted;
        socket_.passChanged(packet.id, turned(packet, *fate.turnedBit));
        return;
    }
    if (fate.wait <= Duration()) {
        socket_.pass(packet.id);
        return;
    }
    if (held_.hold(packet.id, packet.length, proxy::later(now, fate.wait))) {
        ++counts_.late;
        return;
    }
    ++counts_.undisturbed;
    socket_.pass(packet.id);
}

void PacketQueue::passDue() {
    auto const now = std::chrono::steady_clock::now();
    while (auto const id = held_.next(now))
        socket_.pass(*id);
    socket_.flush();
    wakeInTime();
}

// Setting a timer anew costs more than most packets do.
void PacketQueue::wakeInTime() {
    auto const at = held_.wakeAt();
    if (at == wakesAt_)
        return;
    wakesAt_ = at;
    if (at == proxy::never) {
        timer_.cancel();
        return;
    }
    timer_.expires_at(at);
    timer_.async_wait([this, life = std::weak_ptr(life_)](proxy::error_code error) {
        if (error || life.expired())
            return; // it was set anew
        wakesAt_ = proxy::never;
        passDue();
    });
}

} // namespace shakedown::packets
