#pragma once

#include <algorithm>

#include "scenarios/vocabulary/time.hpp"

namespace shakedown::resilience {

/// CoDel for queues of requests, as in folly's Codel: overloaded while the smallest delay of the
/// last interval exceeds the target; then requests that waited longer than twice the target are
/// dropped. The first request of an interval never is.
class ControlledDelay {
public:
    ControlledDelay(Duration target, Duration interval) : target_(target), interval_(interval) {}

    /// A request that waited `delay` is taken from the queue: true if it shall be dropped.
    bool shallDrop(SimTime now, Duration delay) {
        if (now >= intervalEnds_) {
            overloaded_ = started_ && least_ > target_;
            started_ = true;
            least_ = delay;
            intervalEnds_ = now + interval_;
            return false;
        }
        if (delay < least_)
            least_ = delay;
        return overloaded_ && delay > target_ * std::int64_t{2};
    }
    bool overloaded() const { return overloaded_; }
    Duration target() const { return target_; }
    /// Of the target, in per cent: the least delay so far against twice the target, at most 100.
    int load() const {
        Duration const slough = target_ * std::int64_t{2};
        return static_cast<int>(std::min<std::int64_t>(100, 100 * least_.count() / slough.count()));
    }
    void change(Duration target, Duration interval) {
        target_ = target;
        interval_ = interval;
    }

private:
    Duration target_;
    Duration interval_;
    SimTime intervalEnds_;
    Duration least_;
    bool overloaded_ = false;
    bool started_ = false;
};

} // namespace shakedown::resilience
