#pragma once

#include <functional>
#include <string>

#include "reports/record/moments.hpp"
#include "scenarios/vocabulary/diagnostic.hpp"

namespace shakedown::cli {

/// The record of a run that is over: the folder of a run, or a record itself.
Result<std::string> recordOf(std::string const& run);

/// Hands a whole record to a sink: its header, then every moment. Findings: an error for a broken
/// line; a warning for a record cut short, which is read up to the cut.
Diagnostics readRecord(std::string const& file, record::MomentSink& sink);

} // namespace shakedown::cli
