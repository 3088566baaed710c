#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "reports/summary/past_run.hpp"
#include "scenarios/model/condition.hpp"

namespace shakedown::summary {

enum class Change : std::uint8_t { Better, Same, Worse };

/// One number of a load, before and now. With a 95 % interval on both sides it has changed if the
/// intervals do not meet; without, if it differs by more than 2 % and, a share, by more than a
/// tenth of a percent point.
struct Difference {
    std::string metric; // "goodput", "p50", "p99", "errors"
    model::ValueUnit unit = model::ValueUnit::Seconds;
    double before = 0;
    double now = 0;
    Change change = Change::Same;
    bool byIntervals = false;
};

struct LoadComparison {
    std::string name;
    std::vector<Difference> differences;
};

struct Comparison {
    std::vector<LoadComparison> loads; // those of both runs, in the order of `now`
    std::vector<std::string> onlyBefore;
    std::vector<std::string> onlyNow;
};

Comparison compared(PastRun const& before, PastRun const& now);

} // namespace shakedown::summary
