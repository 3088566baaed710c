#include "chaos-agent/packets/duplicate.hpp"

namespace shakedown::packets {

Fate DuplicateDecider::fateOf(Packet const&, proxy::Instant) {
    Fate fate;
    fate.isDoubled = stream_.uniform(seen_++, 0) < what_.share;
    return fate;
}

} // namespace shakedown::packets
