#pragma once

#include <optional>
#include <vector>

#include "cli/command.hpp"
#include "cli/compare_options.hpp"
#include "cli/load.hpp"
#include "reports/summary/past_run.hpp"
#include "sim/run/replicate.hpp"

/// The two sides of a comparison, read or simulated.
namespace shakedown::cli {

/// A side whose input was read and found right.
struct ReadSide {
    SideOrders orders;
    std::optional<model::Scenario> scenario; // to be simulated
    std::optional<summary::PastRun> run;     // that is there
    Exit exit = Exit::Ok;                    // what was wrong, if neither is there
};

/// Says on stderr what is wrong with it.
ReadSide readSide(SideOrders orders, Common const& common);

/// The replications of a scenario: its own seeds, or the pairs that the other side kept, or seeds 1
/// to 10.
std::vector<run::Job> jobsOf(ReadSide const& side, ReadSide const& other);

struct FinishedSide {
    std::optional<summary::PastRun> run;
    Exit exit = Exit::Ok; // why there is none, or what ended it early
};

/// Simulates a scenario, with progress on stderr; a run is passed on.
FinishedSide finishSide(ReadSide const& side, ReadSide const& other, int processes,
                        Common const& common);

} // namespace shakedown::cli
