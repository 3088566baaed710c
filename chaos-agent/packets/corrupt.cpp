#include "chaos-agent/packets/corrupt.hpp"

#include "chaos-agent/packets/ip_header.hpp"

namespace shakedown::packets {

Fate CorruptDecider::fateOf(Packet const& packet, proxy::Instant) {
    auto draw = stream_.draw(seen_++, 0);
    bool const isMeant = draw.uniform() < what_.share;
    auto const header = headerSize(packet.bytes);
    // What is not seen whole cannot be given back whole.
    if (!isMeant || packet.bytes.size() < packet.length || header == 0 || header >= packet.length)
        return {};
    constexpr std::size_t bitsOfByte = 8;
    auto const bits = bitsOfByte * (packet.length - header);
    Fate fate;
    fate.turnedBit =
        bitsOfByte * header + static_cast<std::size_t>(draw.uniform() * static_cast<double>(bits));
    return fate;
}

} // namespace shakedown::packets
