#pragma once

#include <vector>

#include "reports/measure/outcomes.hpp"

namespace shakedown::conduct {

/// A subject's life second by second, for recovery.
class SecondsMeter {
public:
    void offered(SimTime intended);
    /// A request that was intended then has ended.
    void ended(SimTime intended, measure::Outcome outcome, Duration took, bool inTime);
    std::vector<measure::SecondTally> tallies() const;

private:
    struct Second {
        std::uint32_t offered = 0;
        std::uint32_t good = 0;
        std::vector<float> latencies; // in seconds
    };
    Second& at(SimTime time);

    std::vector<Second> seconds_;
};

} // namespace shakedown::conduct
