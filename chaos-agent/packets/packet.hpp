#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

namespace shakedown::packets {

/// Seen from where the queue is: packets that come in there, and that go out.
enum class Lane : std::uint8_t { In, Out };
inline constexpr std::size_t laneCount = 2;

/// An IP packet that waits for its verdict. Its bytes are there until the next one is read.
struct Packet {
    std::uint32_t id = 0; // what the kernel calls it
    Lane lane = Lane::In;
    std::size_t length = 0;           // with its IP header
    std::span<std::byte const> bytes; // its beginning, or all of it
    unsigned device = 0;              // by which it leaves; 0 where it comes in
};

} // namespace shakedown::packets
