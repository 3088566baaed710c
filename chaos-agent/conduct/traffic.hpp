#pragma once

#include <atomic>
#include <map>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "chaos-agent/conduct/clock.hpp"
#include "chaos-agent/conduct/ledger.hpp"
#include "chaos-agent/conduct/programme.hpp"

namespace shakedown::conduct {

/// The load and the probes of a live run, and the beat of its record, on a thread of their own.
class Traffic {
public:
    /// Runs from now on until it is stopped; all must outlive it.
    Traffic(Programme const& programme, Clock const& clock, Ledger& ledger, Duration interval);
    ~Traffic();
    Traffic(Traffic const&) = delete;
    Traffic& operator=(Traffic const&) = delete;

    /// The load gets `factor` times its rate, plus so many a second; 1 and 0 is as written.
    void surge(std::string const& load, double factor, double morePerSecond);
    /// Probes that failed so often in a row.
    std::vector<std::string> failing(int inARow) const;
    /// No more requests; those under way are forgotten, and stay in flight. Once.
    void stop();

private:
    struct Loop;
    std::unique_ptr<Loop> loop_;
    std::thread thread_;
};

} // namespace shakedown::conduct
