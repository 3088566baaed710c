#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "reports/measure/call_record.hpp"
#include "scenarios/vocabulary/require.hpp"
#include "scenarios/vocabulary/time.hpp"

namespace shakedown::measure {

/// The last `capacity` results, however old. Recording costs O(1) and allocates nothing.
class CountWindow {
public:
    /// `capacity` at least 1.
    explicit CountWindow(std::size_t capacity) : ring_(capacity, CallRecord{}) {
        require(capacity > 0, "a window holds at least one result");
    }

    /// The instant is not used; TimeWindow has the same interface.
    void record(SimTime /*now*/, CallRecord call) {
        if (counts_.total == ring_.size()) {
            counts_.subtract(ring_[next_]);
        }
        ring_[next_] = call;
        counts_.add(call);
        next_ = next_ + 1 == ring_.size() ? 0 : next_ + 1;
    }
    WindowCounts snapshot(SimTime /*now*/) const { return counts_; }
    void clear() {
        counts_ = WindowCounts{};
        next_ = 0;
    }

private:
    std::vector<CallRecord> ring_;
    std::size_t next_ = 0;
    WindowCounts counts_;
};

} // namespace shakedown::measure
