#include "chaos-agent/packets/delay.hpp"

#include <algorithm>

namespace shakedown::packets {

Fate DelayDecider::fateOf(Packet const&, proxy::Instant) {
    auto draw = stream_.draw(seen_, 0);
    bool const isFirst = seen_++ == 0;
    double const fresh = 2 * draw.uniform() - 1;
    if (isFirst || draw.uniform() >= what_.correlation)
        offset_ = fresh;
    Fate fate;
    fate.wait = std::max(Duration(), what_.delay + what_.jitter * offset_);
    return fate;
}

} // namespace shakedown::packets
