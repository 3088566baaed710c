#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <variant>

#include "chaos-agent/packets/packet.hpp"
#include "chaos-agent/proxy/instant.hpp"
#include "scenarios/chance/stream.hpp"
#include "scenarios/vocabulary/quantities.hpp"

/// What can be done to packets. Each lane is disturbed by itself, and by chances of its own.
namespace shakedown::packets {

/// Packets come later by `delay`, give or take `jitter` (uniform). With the probability
/// `correlation` one has the jitter of the packet before it, so that the correlation of two jitters
/// that are n packets apart is its nth power, and their law stays uniform. Packets that are due
/// earlier go earlier: jitter beyond the gap between packets reorders them.
struct Delay {
    Duration delay;
    Duration jitter;
    double correlation = 0; // [0, 1)
};
/// A share of the packets comes twice.
struct Duplicate {
    double share = 0;
};
/// A share of the packets goes at once, and overtakes the others, which are late by `delay`.
struct Reorder {
    double share = 0;
    Duration delay;
};
/// Of a share of the packets one bit behind the IP header is turned, and no checksum mended.
struct Corrupt {
    double share = 0;
};
/// Packets leave one after another at that rate, their IP headers counted. What would wait longer
/// than `patience` is lost, as at a router whose buffer is full.
struct Rate {
    Bytes perSecond;
};

using Disturbance = std::variant<Delay, Duplicate, Reorder, Corrupt, Rate>;

/// How much of each packet must be seen to disturb it.
enum class Sight : std::uint8_t { Header, Whole };
Sight sightOf(Disturbance const& what);

/// What becomes of one packet.
struct Fate {
    Duration wait;
    bool isLost = false;
    bool isDoubled = false;
    std::optional<std::size_t> turnedBit; // counted from the start of the packet
};

/// Decides packet after packet of one lane: a machine that is told the time.
class Decider {
public:
    virtual ~Decider() = default;
    virtual Fate fateOf(Packet const& packet, proxy::Instant now) = 0;
};

/// The same stream, packets and times give the same fates.
std::unique_ptr<Decider> makeDecider(Disturbance const& what, chance::Stream stream);

} // namespace shakedown::packets
