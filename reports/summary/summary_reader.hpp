#pragma once

#include <string>
#include <string_view>

#include "reports/summary/summary.hpp"
#include "scenarios/vocabulary/diagnostic.hpp"

namespace shakedown::summary {

/// The numbers of a run that is over, from its summary.json, in the order they stand there: all
/// that `render::summaryJson` wrote. An interval has its ends; its mean is their middle, and its
/// freedom is 0 where the file does not say it. `name` is the file's. A file that is none, or lacks
/// a number, is an error that says which.
Result<Summary> readSummary(std::string_view text, std::string const& name);

} // namespace shakedown::summary
