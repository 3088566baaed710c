#pragma once

#include <optional>
#include <string>
#include <vector>

#include "reports/measure/mean_estimate.hpp"
#include "reports/summary/summary.hpp"

/// What a comparison needs of a run that is over.
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
    std::string command;  // that gives the run again; empty: not known
    std::uint64_t replications = 1;
    record::EndReason ended = record::EndReason::Finished;
    std::vector<ReplicationId> kept; // empty in files written before figures were kept
    std::vector<PastLoad> loads;
};

/// Of a run that has just ended, or of one whose summary.json was read: equal runs give equal ones
/// either way (latencies up to ten days).
PastRun asPastRun(Summary const& summary);

} // namespace shakedown::summary
