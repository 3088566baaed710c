#pragma once

#include "chaos-agent/packets/disturbance.hpp"

namespace shakedown::packets {

class DuplicateDecider final : public Decider {
public:
    DuplicateDecider(Duplicate what, chance::Stream stream) : what_(what), stream_(stream) {}
    Fate fateOf(Packet const& packet, proxy::Instant now) override;

private:
    Duplicate what_;
    chance::Stream stream_;
    std::uint64_t seen_ = 0;
};

} // namespace shakedown::packets
