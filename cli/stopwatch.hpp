#pragma once

#include <chrono>
#include <cstdint>

#include "reports/render/timing_json.hpp"

namespace shakedown::cli {

/// What a run cost this machine. It is the only clock of the program.
class Stopwatch {
public:
    double seconds() const;
    render::Timing timing(std::uint64_t events, int jobs) const;

private:
    std::chrono::steady_clock::time_point begun_ = std::chrono::steady_clock::now();
};

} // namespace shakedown::cli
