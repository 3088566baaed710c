#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "sim/kernel/calendar.hpp"

namespace shakedown::kernel {

/// Names a running timer of a lane; stale once it has fired or was stopped. The position is that
/// of its start, modulo 2^32.
struct TimerHandle {
    std::uint32_t lane = ~std::uint32_t{0};
    std::uint32_t position = 0;
    bool valid() const { return lane != ~std::uint32_t{0}; }
};

/// Timers that all last equally long fire in the order in which they were started, so a ring is
/// enough: starting and stopping cost a few nanoseconds and only the first live one stands in the
/// calendar. (Measured beside a heap: 16 ns against 47 to 122.)
class TimerLane {
public:
    TimerLane(Duration lasts, std::uint32_t calendarSlot)
        : lasts_(lasts), calendarSlot_(calendarSlot), ring_(64) {}

    Duration lasts() const { return lasts_; }

    std::uint32_t start(Calendar& calendar, SimTime now, Event event) {
        if (tail_ - head_ == ring_.size())
            grow();
        CalendarKey const key = calendar.nextKey(now + lasts_, EventClass::Timer, calendarSlot_);
        at(tail_) = {key, event};
        if (!represented_) {
            calendar.push(key);
            represented_ = true;
        }
        return static_cast<std::uint32_t>(tail_++);
    }
    bool stop(std::uint32_t started) {
        std::uint64_t const position = head_ + (started - static_cast<std::uint32_t>(head_));
        if (position >= tail_ || at(position).event.kind == cancelledKind)
            return false;
        at(position).event.kind = cancelledKind;
        return true;
    }
    /// The lane's key has surfaced: the timer due now, if it still runs.
    bool due(Calendar& calendar, CalendarKey surfaced, Event& event) {
        while (head_ < tail_ && at(head_).event.kind == cancelledKind)
            ++head_;
        bool const isDue = head_ < tail_ && at(head_).key == surfaced;
        if (isDue) {
            event = at(head_).event;
            ++head_;
            while (head_ < tail_ && at(head_).event.kind == cancelledKind)
                ++head_;
        }
        represented_ = head_ < tail_;
        if (represented_)
            calendar.push(at(head_).key);
        return isDue;
    }

private:
    struct Entry {
        CalendarKey key = 0;
        Event event;
    };
    Entry& at(std::uint64_t position) { return ring_[position & (ring_.size() - 1)]; }
    void grow() {
        std::vector<Entry> larger(ring_.size() * 2);
        for (std::uint64_t p = head_; p < tail_; ++p)
            larger[p & (larger.size() - 1)] = at(p);
        ring_.swap(larger);
    }

    Duration lasts_;
    std::uint32_t calendarSlot_;
    std::vector<Entry> ring_;
    std::uint64_t head_ = 0;
    std::uint64_t tail_ = 0;
    bool represented_ = false;
};

} // namespace shakedown::kernel
