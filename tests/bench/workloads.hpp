#pragma once

#include <string>

#include "scenarios/model/scenario.hpp"
#include "sim/run/simulate.hpp"
#include "tests/bench/measured.hpp"

/// The workloads of SEMANTICS section 4, as scenario files.
namespace shakedown::bench {

/// Three services in a row, 800 requests a second: a million in 1,250 s.
std::string chain(double seconds);
/// The same with a timeout of 80 ms and three attempts on each call.
std::string chainWithTimeouts(double seconds);
/// A root that calls 100 leaves in parallel, 2,000 times a second.
std::string fan(double seconds);
/// `requests` that arrive within a second at a service whose one worker never gets free.
std::string line(int requests);

struct Ready {
    model::Scenario scenario;
    run::Compiled compiled;
};

/// Read and compiled. Throws std::runtime_error with the first error.
Ready made(std::string const& text);

/// A run with metrics, its record at `level` and thrown away.
Done simulated(Ready const& ready, record::Level level = record::Level::Summary);

} // namespace shakedown::bench
