#pragma once

#include <vector>

#include "sim/run/simulate.hpp"

namespace shakedown::run {

struct Job {
    std::uint64_t seed = 1;
    std::uint32_t replication = 0;
};

/// Runs `jobs` over at most `processes` processes; the first job runs in this process (on a
/// platform with machines each in a child, see apart.hpp), with `settings.sink`, the others
/// without; progress is that of this process. Evidence comes back in the order of jobs, equal
/// whatever the number of processes. A child that dies is an error.
Result<std::vector<verdict::Evidence>> replicate(model::Scenario const& scenario,
                                                 Compiled const& compiled, Settings const& settings,
                                                 std::vector<Job> const& jobs, int processes);

} // namespace shakedown::run
