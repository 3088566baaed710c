#pragma once

#include <cstdint>
#include <string>
#include <variant>
#include <vector>

#include "scenarios/vocabulary/quantities.hpp"
#include "scenarios/vocabulary/time.hpp"

namespace shakedown::proxy {

/// Upstream runs from the client to the server, Downstream from the server to the client.
enum class Direction : std::uint8_t { Upstream, Downstream };
inline constexpr Direction bothDirections[] = {Direction::Upstream, Direction::Downstream};

constexpr std::size_t indexOf(Direction direction) {
    return static_cast<std::size_t>(direction);
}

/// Bytes arrive later by `latency`, give or take up to `jitter` (uniform), in their order.
struct Latency {
    Duration latency;
    Duration jitter;
};
/// At most so many bytes pass in a second; none at 0.
struct BandwidthLimit {
    Bytes perSecond;
};
/// The end of a stream arrives later by `delay`.
struct SlowClose {
    Duration delay;
};
/// Bytes are lost; the connection is closed after `timeout`, or never if that is 0 (a black hole).
struct Timeout {
    Duration timeout;
};
/// Bytes are lost; both peers see a reset after `timeout`.
struct ResetPeer {
    Duration timeout;
};
/// Bytes arrive in pieces of `averageSize`, give or take up to `sizeVariation` (uniform, at least
/// one byte), with `delay` after each.
struct Slicer {
    Bytes averageSize;
    Bytes sizeVariation;
    Duration delay;
};
/// The connection is closed once so many bytes have passed.
struct LimitData {
    Bytes bytes;
};

using Disturbance =
    std::variant<Latency, BandwidthLimit, SlowClose, Timeout, ResetPeer, Slicer, LimitData>;

/// A disturbance of one direction of a proxy. `toxicity` in [0, 1] is the share of connections
/// that it befalls.
struct Toxic {
    std::string name;
    Direction direction = Direction::Downstream;
    double toxicity = 1;
    Disturbance what;
};

/// In the order in which they were added. At most `toxicsAtMost` a proxy.
using Toxics = std::vector<Toxic>;
inline constexpr std::size_t toxicsAtMost = 256;

} // namespace shakedown::proxy
