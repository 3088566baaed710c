#include "chaos-agent/packets/ip_header.hpp"

namespace shakedown::packets {

namespace {

constexpr std::size_t shortest4 = 20;
constexpr std::size_t fixed6 = 40;

unsigned versionOf(std::byte first) {
    return std::to_integer<unsigned>(first) >> 4;
}

} // namespace

std::size_t headerSize(std::span<std::byte const> packet) {
    if (packet.empty())
        return 0;
    std::size_t size = 0;
    if (versionOf(packet.front()) == 4)
        size = 4 * (std::to_integer<std::size_t>(packet.front()) & 0xf);
    else if (versionOf(packet.front()) == 6)
        size = fixed6;
    return size < shortest4 || size > packet.size() ? 0 : size;
}

std::size_t ownLength(std::span<std::byte const> packet) {
    if (headerSize(packet) == 0)
        return 0;
    bool const isV4 = versionOf(packet.front()) == 4;
    auto const at = packet.subspan(isV4 ? 2 : 4, 2);
    auto const told =
        std::to_integer<std::size_t>(at[0]) << 8 | std::to_integer<std::size_t>(at[1]);
    return isV4 || told == 0 ? told : fixed6 + told;
}

std::span<std::byte const> destinationOf(std::span<std::byte const> packet) {
    if (headerSize(packet) == 0)
        return {};
    return versionOf(packet.front()) == 4 ? packet.subspan(16, 4) : packet.subspan(24, 16);
}

} // namespace shakedown::packets
