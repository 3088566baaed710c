#pragma once

#include <vector>

#include "sim/run/replicate.hpp"

namespace shakedown::run {

/// Like `replicate`, but every job runs in a child process of its own, at most `processes` at a
/// time: SimGrid has one engine a process and may take it down. Moments and progress of the first
/// job come through a pipe and reach `settings` in this process; `settings.stop` reaches the
/// children. Errors: a child that dies, or what it says of why it cannot run.
Result<std::vector<verdict::Evidence>> replicateApart(model::Scenario const& scenario,
                                                      Compiled const& compiled,
                                                      Settings const& settings,
                                                      std::vector<Job> const& jobs, int processes);

} // namespace shakedown::run
