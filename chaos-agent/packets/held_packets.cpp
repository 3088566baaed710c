#include "chaos-agent/packets/held_packets.hpp"

namespace shakedown::packets {

bool HeldPackets::hold(std::uint32_t id, std::size_t length, proxy::Instant due) {
    if (waiting_.size() >= most_.packets || bytes_ + length > most_.bytes)
        return false;
    waiting_.push({due, came_++, length, id});
    bytes_ += length;
    return true;
}

std::optional<std::uint32_t> HeldPackets::next(proxy::Instant now) {
    if (waiting_.empty() || waiting_.top().due > now)
        return {};
    auto const id = waiting_.top().id;
    bytes_ -= waiting_.top().length;
    waiting_.pop();
    return id;
}

proxy::Instant HeldPackets::wakeAt() const {
    return waiting_.empty() ? proxy::never : waiting_.top().due;
}

} // namespace shakedown::packets
