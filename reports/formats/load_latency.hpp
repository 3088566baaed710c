#pragma once

#include <string>
#include <vector>

#include "reports/measure/histogram.hpp"
#include "reports/record/moments.hpp"
#include "reports/verdict/evidence.hpp"

namespace shakedown::formats {

/// Every latency of a load after the warm-up (ok and degraded requests), of all replications.
struct LoadLatency {
    std::string load;
    measure::Histogram histogram;
    SimTime begin; // of what was measured
    SimTime end;   // of the longest replication
};

/// One a load, in the order of the names; at least one replication.
std::vector<LoadLatency> latenciesOf(record::Names const& names,
                                     std::vector<verdict::Evidence> const& replications);

} // namespace shakedown::formats
