#pragma once

#include <string>
#include <string_view>

#include "reports/summary/summary.hpp"
#include "scenarios/vocabulary/diagnostic.hpp"

namespace shakedown::summary {

/// The numbers of a run that is over, from its summary.json, in the order they stand there: what
/// `render::summaryJson` wrote, but for intervals (their standard errors are not in the file).
/// `name` is the file's. A file that is none, or lacks a number, is an error that says which.
Result<Summary> readSummary(std::string_view text, std::string const& name);

} // namespace shakedown::summary
