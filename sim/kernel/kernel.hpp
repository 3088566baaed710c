#pragma once

#include <cstdint>
#include <vector>

#include "sim/kernel/timer_lane.hpp"

namespace shakedown::kernel {

/// The clock and everything that is yet to happen. Owners schedule typed events; `runUntil` hands
/// them out in order. Times in the past are refused.
class Kernel {
public:
    SimTime now() const { return now_; }
    std::uint64_t dispatched() const { return dispatched_; }

    [[gnu::always_inline]] Handle schedule(SimTime at, EventClass eventClass, Event event) {
        require(at >= now_, "an event lies in the future");
        return calendar_.schedule(at, eventClass, event);
    }
    bool cancel(Handle handle) { return calendar_.cancel(handle); }
    bool pending(Handle handle) const { return calendar_.pending(handle); }

    SimTime timeOfPending(Handle handle) const { return calendar_.timeOfPending(handle); }
    Event eventOfPending(Handle handle) const { return calendar_.eventOfPending(handle); }

    /// The lane of timers that last `lasts`; the same number for the same duration.
    std::uint32_t lane(Duration lasts);
    TimerHandle startTimer(std::uint32_t lane, Event event) {
        return {lane, lanes_[lane].start(calendar_, now_, event)};
    }
    bool stopTimer(TimerHandle timer) {
        return timer.valid() && lanes_[timer.lane].stop(timer.position);
    }

    /// Hands every event before `limit` to `handle(Event)`, then sets the clock to `limit`.
    /// Stops early, with the clock at the last event, when `handle` returns false.
    template <class Handler>
    bool runUntil(SimTime limit, Handler&& handle) {
        Calendar::Next next;
        while (calendar_.popBefore(limit, next)) {
            now_ = timeOf(next.key);
            if (next.event.kind == laneKind) {
                Event due;
                if (!lanes_[next.event.index].due(calendar_, next.key, due))
                    continue;
                next.event = due;
            }
            ++dispatched_;
            if (!handle(next.event))
                return false;
        }
        now_ = limit;
        return true;
    }
    SimTime nextTime() { return calendar_.nextTime(); }
    Event const* glance() const { return calendar_.glance(); }

private:
    static constexpr std::uint16_t laneKind = 0xffff; // not for owners

    Calendar calendar_;
    std::vector<TimerLane> lanes_;
    SimTime now_;
    std::uint64_t dispatched_ = 0;
};

} // namespace shakedown::kernel
