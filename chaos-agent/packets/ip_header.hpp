#pragma once

#include <cstddef>
#include <span>

namespace shakedown::packets {

/// How long the IP header is: of IPv4 with its options (RFC 791), of IPv6 the fixed part (RFC
/// 8200). 0 for what is neither, or shorter than its header.
std::size_t headerSize(std::span<std::byte const> packet);

/// How long the packet is by its own header; 0 for what has none, or does not say (RFC 2675).
std::size_t ownLength(std::span<std::byte const> packet);

/// Where it goes: 4 bytes or 16; empty for what has no header.
std::span<std::byte const> destinationOf(std::span<std::byte const> packet);

} // namespace shakedown::packets
