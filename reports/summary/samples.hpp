#pragma once

#include <optional>
#include <vector>

#include "reports/summary/past_run.hpp"

/// Which replications of two runs are held against each other.
namespace shakedown::summary {

/// Indices into the replications that the runs kept.
struct Alignment {
    bool isPaired = false; // then before[i] belongs to now[i]
    std::vector<std::size_t> before;
    std::vector<std::size_t> now;
};
/// Paired if both kept the same set. A replication that stands twice counts once: its copy is no
/// second opinion.
Alignment aligned(PastRun const& before, PastRun const& now);

/// One number of a load of both sides.
struct Samples {
    std::vector<double> before;
    std::vector<double> now;
};
using NumberOf = std::optional<double> (*)(LoadReplication const&);
/// Of the replications that have the number; of pairs, those where both have.
Samples samplesOf(PastLoad const& before, PastLoad const& now, Alignment const& alignment,
                  NumberOf number);

} // namespace shakedown::summary
