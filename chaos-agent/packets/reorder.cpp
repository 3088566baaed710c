#include "chaos-agent/packets/reorder.hpp"

namespace shakedown::packets {

Fate ReorderDecider::fateOf(Packet const&, proxy::Instant) {
    Fate fate;
    if (stream_.uniform(seen_++, 0) >= what_.share)
        fate.wait = what_.delay;
    return fate;
}

} // namespace shakedown::packets
