#pragma once

#include "chaos-agent/packets/disturbance.hpp"

namespace shakedown::packets {

/// A token bucket of the depth `burst`, as a clock: a packet leaves when the ones before it have,
/// at most `burst` ahead of the time that they take.
class RateDecider final : public Decider {
public:
    static constexpr Duration patience = Duration::milliseconds(500);
    static constexpr Duration burst = Duration::milliseconds(2);

    explicit RateDecider(Rate what) : what_(what) {}
    Fate fateOf(Packet const& packet, proxy::Instant now) override;

private:
    Rate what_;
    proxy::Instant freeAt_ = proxy::Instant::min(); // when all packets so far have left
};

} // namespace shakedown::packets
