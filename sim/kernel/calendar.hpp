#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "scenarios/vocabulary/require.hpp"
#include "scenarios/vocabulary/time.hpp"
#include "sim/kernel/event.hpp"

namespace shakedown::kernel {

/// (time, class, order of scheduling, payload slot) as one 128-bit number, so that comparing two
/// entries is one branch-free comparison.
__extension__ using CalendarKey = unsigned __int128;

constexpr SimTime timeOf(CalendarKey key) {
    return SimTime::atNanoseconds(static_cast<std::int64_t>(static_cast<std::uint64_t>(key >> 64)));
}

/// Events in order of time: a 4-ary heap of 16-byte keys, payloads in a pool beside it. Cancelling
/// marks the payload; its key leaves the heap when it surfaces, or in a sweep once more than half
/// of the keys are dead. Up to 2^26 events pending, 2^36 in a run.
class Calendar {
public:
    static constexpr int slotBits = 26;
    static constexpr int orderBits = 36;

    /// The key of the next event to be scheduled at `at`; `slot` tells its payload.
    CalendarKey nextKey(SimTime at, EventClass eventClass, std::uint32_t slot) {
        std::uint64_t const low = (static_cast<std::uint64_t>(eventClass) << (slotBits + orderBits))
                                  | (order_++ << slotBits) | slot;
        return (static_cast<CalendarKey>(static_cast<std::uint64_t>(at.count())) << 64) | low;
    }

    Handle schedule(SimTime at, EventClass eventClass, Event event) {
        std::uint32_t const slot = takeSlot();
        payloads_[slot].event = event;
        payloads_[slot].at = at;
        push(nextKey(at, eventClass, slot));
        return {slot, payloads_[slot].generation};
    }
    /// A slot that stays, for an owner that puts keys of its own into the calendar.
    std::uint32_t reserveSlot(Event event) {
        std::uint32_t const slot = takeSlot();
        payloads_[slot].event = event;
        payloads_[slot].lasting = true;
        return slot;
    }
    void push(CalendarKey key);

    /// False if it has happened or was cancelled before.
    bool cancel(Handle handle);
    bool pending(Handle handle) const {
        return handle.valid() && payloads_[handle.slot].generation == handle.generation
               && payloads_[handle.slot].event.kind != cancelledKind;
    }

    /// Of a pending event.
    SimTime timeOfPending(Handle handle) const { return payloads_[handle.slot].at; }
    Event const& eventOfPending(Handle handle) const { return payloads_[handle.slot].event; }

    bool empty() {
        dropDead();
        return size_ == 0;
    }
    SimTime nextTime() {
        dropDead();
        return size_ == 0 ? SimTime::never() : timeOf(keys_[firstIndex]);
    }

    struct Next {
        CalendarKey key;
        Event event;
    };
    /// Takes the next event if it lies before `limit`; dead ones are skipped.
    bool popBefore(SimTime limit, Next& next) {
        for (;;) {
            if (size_ == 0)
                return false;
            CalendarKey const key = keys_[firstIndex];
            if (timeOf(key) >= limit)
                return false;
            popTop();
            auto const slot = static_cast<std::uint32_t>(key) & slotMask;
            Payload& payload = payloads_[slot];
            if (payload.lasting) {
                next = {key, payload.event};
                return true;
            }
            Event const event = payload.event;
            release(slot);
            if (event.kind == cancelledKind) {
                --dead_;
                continue;
            }
            next = {key, event};
            return true;
        }
    }

    std::size_t size() const { return size_ - dead_; }

private:
    struct Payload {
        Event event;
        SimTime at;
        std::uint32_t generation = 0;
        bool lasting = false;
    };
    static constexpr std::uint32_t slotMask = (1U << slotBits) - 1;
    // The root stands at 3, so that the four children of a node share a cache line.
    static constexpr std::size_t firstIndex = 3;
    static constexpr std::size_t childOf(std::size_t i) { return 4 * (i - 2); }
    static constexpr std::size_t parentOf(std::size_t i) { return i / 4 + 2; }
    static constexpr CalendarKey highest = ~CalendarKey{0};

    std::uint32_t takeSlot() {
        if (freeSlots_.empty())
            growSlots();
        std::uint32_t const slot = freeSlots_.back();
        freeSlots_.pop_back();
        return slot;
    }
    void release(std::uint32_t slot) {
        ++payloads_[slot].generation;
        freeSlots_.push_back(slot);
    }
    void growSlots();
    void growKeys();
    void popTop();
    void dropDead();
    void sweep();
    void siftDown(std::size_t hole, CalendarKey key);

    std::vector<CalendarKey> keys_;
    std::size_t size_ = 0;
    std::size_t dead_ = 0;
    std::uint64_t order_ = 0;
    std::vector<Payload> payloads_;
    std::vector<std::uint32_t> freeSlots_;
};

inline void Calendar::push(CalendarKey key) {
    if (firstIndex + size_ + 5 >= keys_.size())
        growKeys();
    std::size_t hole = firstIndex + size_++;
    while (hole > firstIndex) {
        std::size_t const parent = parentOf(hole);
        if (keys_[parent] <= key)
            break;
        keys_[hole] = keys_[parent];
        hole = parent;
    }
    keys_[hole] = key;
}

inline void Calendar::siftDown(std::size_t hole, CalendarKey key) {
    std::size_t const end = firstIndex + size_;
    CalendarKey* const keys = keys_.data();
    for (;;) {
        std::size_t const child = childOf(hole);
        if (child >= end)
            break;
        // Places beyond the end hold `highest`, so all four children may be read.
        std::size_t const left = child + (keys[child + 1] < keys[child] ? 1 : 0);
        std::size_t const right = child + 2 + (keys[child + 3] < keys[child + 2] ? 1 : 0);
        std::size_t const least = keys[right] < keys[left] ? right : left;
        if (key <= keys[least])
            break;
        keys[hole] = keys[least];
        hole = least;
    }
    keys[hole] = key;
}

inline void Calendar::popTop() {
    --size_;
    std::size_t const lastIndex = firstIndex + size_;
    CalendarKey const last = keys_[lastIndex];
    keys_[lastIndex] = highest;
    if (size_ > 0)
        siftDown(firstIndex, last);
}

} // namespace shakedown::kernel
