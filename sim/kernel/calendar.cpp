#include "sim/kernel/calendar.hpp"

#include <algorithm>

namespace shakedown::kernel {

void Calendar::growSlots() {
    auto const old = static_cast<std::uint32_t>(payloads_.size());
    std::uint32_t const grown = std::max<std::uint32_t>(64, old * 2);
    require(grown <= (1U << slotBits), "at most 2^26 events are pending");
    payloads_.resize(grown);
    for (std::uint32_t slot = grown; slot > old; --slot) {
        payloads_[slot - 1].event.extra = firstFree_;
        firstFree_ = slot - 1;
    }
}

bool Calendar::cancel(Handle handle) {
    if (!pending(handle))
        return false;
    payloads_[handle.slot].event.kind = cancelledKind;
    ++dead_;
    if (dead_ > 64 && dead_ * 2 > queue_.size())
        sweep();
    return true;
}

bool Calendar::isDead(CalendarKey key) const {
    Payload const& payload = payloads_[static_cast<std::uint32_t>(key) & slotMask];
    return !payload.lasting && payload.event.kind == cancelledKind;
}

void Calendar::dropDead() {
    while (queue_.size() > 0 && isDead(queue_.top())) {
        release(static_cast<std::uint32_t>(queue_.top()) & slotMask);
        queue_.pop();
        --dead_;
    }
}

void Calendar::sweep() {
    queue_.drop([&](CalendarKey key) {
        if (!isDead(key))
            return false;
        release(static_cast<std::uint32_t>(key) & slotMask);
        return true;
    });
    dead_ = 0;
}

} // namespace shakedown::kernel
