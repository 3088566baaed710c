#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "reports/measure/call_record.hpp"
#include "scenarios/vocabulary/require.hpp"
#include "scenarios/vocabulary/time.hpp"

namespace shakedown::measure {

/// The results of the last whole seconds, in buckets of one second of the clock: a window of n
/// seconds holds the running second and the n - 1 before it, so a call recorded at 0.999 s
/// leaves a window of 2 s at 2.000 s. Recording costs O(1) and allocates nothing.
/// Source: resilience4j, SlidingTimeWindowMetrics.
class TimeWindow {
public:
    /// `seconds` at least 1.
    explicit TimeWindow(std::size_t seconds) : buckets_(seconds) {
        require(seconds > 0, "a window has a length");
    }

    /// `now` never goes back.
    void record(SimTime now, CallRecord call) {
        advance(now);
        buckets_[bucketOf(second_)].add(call);
        counts_.add(call);
    }
    WindowCounts snapshot(SimTime now) {
        advance(now);
        return counts_;
    }
    void clear() {
        std::fill(buckets_.begin(), buckets_.end(), WindowCounts{});
        counts_ = WindowCounts{};
    }

private:
    static constexpr std::int64_t second = 1'000'000'000;

    std::size_t bucketOf(std::int64_t wholeSecond) const {
        return static_cast<std::size_t>(wholeSecond) % buckets_.size();
    }
    void advance(SimTime now) {
        std::int64_t const current = now.count() / second;
        require(current >= second_, "time does not go back");
        if (current == second_) {
            return;
        }
        if (current - second_ >= static_cast<std::int64_t>(buckets_.size())) {
            clear();
        } else {
            for (std::int64_t s = second_ + 1; s <= current; ++s) {
                auto& bucket = buckets_[bucketOf(s)];
                counts_.subtract(bucket);
                bucket = WindowCounts{};
            }
        }
        second_ = current;
    }

    std::vector<WindowCounts> buckets_;
    std::int64_t second_ = 0;
    WindowCounts counts_;
};

} // namespace shakedown::measure
