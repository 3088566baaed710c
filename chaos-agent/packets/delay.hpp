#pragma once

#include "chaos-agent/packets/disturbance.hpp"

namespace shakedown::packets {

class DelayDecider final : public Decider {
public:
    DelayDecider(Delay what, chance::Stream stream) : what_(what), stream_(stream) {}
    Fate fateOf(Packet const& packet, proxy::Instant now) override;

private:
    Delay what_;
    chance::Stream stream_;
    std::uint64_t seen_ = 0;
    double offset_ = 0; // of the packet before, in [-1, 1]
};

} // namespace shakedown::packets
