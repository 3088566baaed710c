#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "scenarios/vocabulary/require.hpp"
#include "sim/kernel/event.hpp"
#include "sim/kernel/key_queue.hpp"

namespace shakedown::kernel {

/// Events in order of time: a queue of 16-byte keys, payloads in a pool beside it. Cancelling marks
/// the payload; its key leaves the queue when it surfaces, or in a sweep once more than half of the
/// keys are dead. Up to 2^26 events pending, 2^36 in a run.
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

    [[gnu::always_inline]] Handle schedule(SimTime at, EventClass eventClass, Event event) {
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
    void push(CalendarKey key) { queue_.push(key); }

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
        return queue_.size() == 0;
    }
    SimTime nextTime() {
        dropDead();
        return queue_.size() == 0 ? SimTime::never() : timeOf(queue_.top());
    }

    struct Next {
        CalendarKey key;
        Event event;
    };
    /// Takes the next event if it lies before `limit`; dead ones are skipped.
    [[gnu::always_inline]] bool popBefore(SimTime limit, Next& next) {
        for (;;) {
            if (queue_.size() == 0)
                return false;
            CalendarKey const key = queue_.top();
            if (timeOf(key) >= limit)
                return false;
            queue_.pop();
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

    std::size_t size() const { return queue_.size() - dead_; }

    /// The event that is next as things stand, for who wants to have its memory at hand; a guess.
    Event const* glance() const {
        CalendarKey const* const key = queue_.glance();
        return key == nullptr ? nullptr
                              : &payloads_[static_cast<std::uint32_t>(*key) & slotMask].event;
    }

private:
    struct Payload {
        Event event;
        SimTime at;
        std::uint32_t generation = 0;
        bool lasting = false;
    };
    static constexpr std::uint32_t slotMask = (1U << slotBits) - 1;
    static constexpr std::uint32_t noSlot = ~std::uint32_t{0};
    [[gnu::always_inline]] std::uint32_t takeSlot() {
        if (firstFree_ == noSlot)
            growSlots();
        std::uint32_t const slot = firstFree_;
        firstFree_ = payloads_[slot].event.extra;
        return slot;
    }
    // Free slots are a list through their events.
    void release(std::uint32_t slot) {
        Payload& payload = payloads_[slot];
        ++payload.generation;
        payload.event.extra = firstFree_;
        firstFree_ = slot;
    }
    void growSlots();
    bool isDead(CalendarKey key) const;
    void dropDead();
    void sweep();

    KeyQueue queue_;
    std::size_t dead_ = 0;
    std::uint64_t order_ = 0;
    std::vector<Payload> payloads_;
    std::uint32_t firstFree_ = noSlot;
};

} // namespace shakedown::kernel
