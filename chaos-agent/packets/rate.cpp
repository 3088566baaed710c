#include "chaos-agent/packets/rate.hpp"

#include <algorithm>

namespace shakedown::packets {

Fate RateDecider::fateOf(Packet const& packet, proxy::Instant now) {
    auto const most = std::chrono::nanoseconds(burst.count());
    auto const takes = Duration::fromSeconds(static_cast<double>(packet.length)
                                             / static_cast<double>(what_.perSecond.count()));
    auto const starts = std::max(freeAt_, now - most);
    auto const wait = Duration::nanoseconds((starts - now).count());
    Fate fate;
    if (wait > patience) {
        fate.isLost = true;
        return fate;
    }
    freeAt_ = proxy::later(starts, takes);
    fate.wait = std::max(Duration(), Duration::nanoseconds((freeAt_ - now).count()));
    return fate;
}

} // namespace shakedown::packets
