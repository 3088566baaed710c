#pragma once

#include <vector>

#include "cli/load.hpp"
#include "cli/progress.hpp"
#include "cli/run_options.hpp"
#include "cli/stopwatch.hpp"

/// From a file to the evidence of its replications, as `run` and `compare` have it.
namespace shakedown::cli {

/// Reads and checks a scenario and says on stderr what was found: errors always, hints and warnings
/// when asked for, or beside errors.
Loaded loadAndTell(std::string const& file, reading::ReadOptions const& read, Common const& common,
                   checking::Purpose purpose = checking::Purpose::Simulate);

/// Runs the jobs under the limits of the orders, until a signal stops them; `sink` (may be null)
/// takes the moments of the first.
Result<std::vector<verdict::Evidence>>
simulateAll(model::Scenario const& scenario, run::Compiled const& compiled, RunOrders const& orders,
            std::vector<run::Job> const& jobs, record::MomentSink* sink, Stopwatch const& watch,
            ProgressLine& progress);

/// What they say together.
summary::Summary summaryOf(model::Scenario const& scenario, run::Compiled const& compiled,
                           std::vector<verdict::Evidence> const& evidence);

} // namespace shakedown::cli
