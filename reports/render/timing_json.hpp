#pragma once

#include <cstdint>
#include <string>

namespace shakedown::render {

/// What differs between equal runs, measured by the program.
struct Timing {
    double wallSeconds = 0;
    double cpuSeconds = 0; // of all processes
    std::uint64_t events = 0;
    std::uint64_t peakMemoryBytes = 0; // of the largest process
    int jobs = 1;
    std::string machine; // such as "x86_64, 8 cores"
    std::string version; // of the program
};

/// timing.json: kept apart from summary.json, which is the same for equal runs.
std::string timingJson(Timing const& timing);

} // namespace shakedown::render
