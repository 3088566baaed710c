#pragma once

#include <string>

#include "reports/summary/past_run.hpp"

namespace shakedown::cli {

/// An earlier run by its folder or its summary.json.
Result<summary::PastRun> readBaseline(std::string const& path);

} // namespace shakedown::cli
