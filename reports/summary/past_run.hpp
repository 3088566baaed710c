#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "reports/measure/mean_estimate.hpp"
#include "reports/summary/summary.hpp"
#include "scenarios/vocabulary/diagnostic.hpp"

/// What is known of a run that is over, from its summary.json: what a comparison needs.
namespace shakedown::summary {

struct PastLoad {
    std::string name;
    std::vector<LoadReplication> replications; // one a PastRun::kept
    LoadReplication whole;                     // of all replications together
    /// The mean latency in seconds, from batches of the only replication.
    std::optional<measure::MeanEstimate> batches;
};

struct PastRun {
    std::string scenario; // its name
    std::string file;     // of the scenario, as given to the run
    std::uint64_t replications = 1;
    record::EndReason ended = record::EndReason::Finished;
    std::vector<ReplicationId> kept; // empty in files written before figures were kept
    std::vector<PastLoad> loads;
};

/// Reads summary.json; `name` is the file's, for the message when it is none.
Result<PastRun> readPastRun(std::string_view text, std::string const& name);

/// The same of a run that has just ended, equal to what is read back of its summary.json (latencies
/// up to ten days).
PastRun asPastRun(Summary const& summary);

} // namespace shakedown::summary
