#pragma once

#include <string>

#include "reports/formats/format.hpp"
#include "scenarios/vocabulary/diagnostic.hpp"

namespace shakedown::cli {

/// Makes a format from a run that is over: `run` is its folder or its record.ndjson, `out` a file,
/// or empty for the standard output. A file is written whole or not at all. Warnings tell what the
/// run does not have: requests, the end of the record, latencies, expectations.
Diagnostics exportRun(std::string const& run, formats::Format format, std::string const& out);

} // namespace shakedown::cli
