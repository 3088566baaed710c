#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "reports/summary/summary.hpp"
#include "scenarios/vocabulary/diagnostic.hpp"

/// What is known of a run that is over, from its summary.json: what a comparison needs.
namespace shakedown::summary {

struct Bounds {
    double low = 0;
    double high = 0;
};

/// A number of a run, with its 95 % interval where it has one.
struct Figure {
    double value = 0;
    std::optional<Bounds> bounds;
};

/// In base units: per second, seconds, shares.
struct LoadFigures {
    std::string name;
    Figure goodput;
    Figure p50;
    Figure p99;
    Figure errors;
};

struct PastRun {
    std::string scenario;
    std::uint64_t seed = 1;
    std::uint64_t replications = 1;
    std::vector<LoadFigures> loads;
};

/// Reads summary.json; `name` is the file's, for the message when it is none.
Result<PastRun> readPastRun(std::string_view text, std::string const& name);

/// The same of a run that has just ended.
PastRun asPastRun(Summary const& summary);

} // namespace shakedown::summary
