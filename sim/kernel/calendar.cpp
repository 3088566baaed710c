#include "sim/kernel/calendar.hpp"

#include <algorithm>

namespace shakedown::kernel {

void Calendar::growSlots() {
    auto const old = static_cast<std::uint32_t>(payloads_.size());
    std::uint32_t const grown = std::max<std::uint32_t>(64, old * 2);
    require(grown <= (1U << slotBits), "at most 2^26 events are pending");
    payloads_.resize(grown);
    freeSlots_.reserve(grown);
    for (std::uint32_t slot = grown; slot > old; --slot)
        freeSlots_.push_back(slot - 1);
}

void Calendar::growKeys() {
    std::size_t const grown = std::max<std::size_t>(256, keys_.size() * 2);
    keys_.resize(grown, highest);
}

bool Calendar::cancel(Handle handle) {
    if (!pending(handle))
        return false;
    payloads_[handle.slot].event.kind = cancelledKind;
    ++dead_;
    if (dead_ > 64 && dead_ * 2 > size_)
        sweep();
    return true;
}

void Calendar::dropDead() {
    while (size_ > 0) {
        auto const slot = static_cast<std::uint32_t>(keys_[firstIndex]) & slotMask;
        if (payloads_[slot].lasting || payloads_[slot].event.kind != cancelledKind)
            return;
        popTop();
        release(slot);
        --dead_;
    }
}

void Calendar::sweep() {
    std::size_t kept = 0;
    for (std::size_t i = 0; i < size_; ++i) {
        CalendarKey const key = keys_[firstIndex + i];
        auto const slot = static_cast<std::uint32_t>(key) & slotMask;
        bool const isDead = !payloads_[slot].lasting && payloads_[slot].event.kind == cancelledKind;
        if (isDead)
            release(slot);
        else
            keys_[firstIndex + kept++] = key;
    }
    for (std::size_t i = kept; i < size_; ++i)
        keys_[firstIndex + i] = highest;
    size_ = kept;
    dead_ = 0;
    if (size_ < 2)
        return;
    for (std::size_t hole = parentOf(firstIndex + size_ - 1); hole >= firstIndex; --hole)
        siftDown(hole, keys_[hole]);
}

} // namespace shakedown::kernel
