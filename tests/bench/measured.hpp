#pragma once

#include <cstdint>
#include <functional>

namespace shakedown::bench {

/// What a workload did, told by itself.
struct Done {
    std::uint64_t requests = 0;
    std::uint64_t events = 0;
    double meanMilliseconds = 0; ///< latency, to see that two programs play the same model
    double p99Milliseconds = 0;
};

/// What a workload cost.
struct Cost {
    Done done;
    double cpuSeconds = 0;
    double peakMebibytes = 0; ///< resident, of a process that did nothing else

    double nanosecondsAnEvent() const {
        return cpuSeconds * 1e9 / static_cast<double>(done.events);
    }
    double microsecondsARequest() const {
        return cpuSeconds * 1e6 / static_cast<double>(done.requests);
    }
};

/// Runs `work` in a process of its own; CPU time of user and system together.
/// Throws std::runtime_error if that process fails.
Cost measured(std::function<Done()> const& work);

/// The cheaper of two costs: noise only ever adds.
Cost cheaper(Cost const& a, Cost const& b);

/// "bench NAME VALUE UNIT", as script/bench reads it.
void report(char const* name, double value, char const* unit);

} // namespace shakedown::bench
