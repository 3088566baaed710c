#pragma once

#include <cstdint>
#include <string>

#include "reports/record/moments.hpp"
#include "reports/summary/summary.hpp"
#include "scenarios/vocabulary/diagnostic.hpp"

/// What is left of a run that is over: the files in its folder. Every error names the file.
namespace shakedown::cli {

/// Its numbers, by the folder of the run or by its summary.json.
Result<summary::Summary> summaryOfRun(std::string const& run);

/// Its record, by the folder of the run or by the record itself. A scenario is refused with the
/// advice to run it.
Result<std::string> recordOfRun(std::string const& run);

struct PastRecord {
    record::Header header;
    std::uint64_t requestsLeftOut = 0; // by the limit of the record
    Diagnostics findings;              // an error: a broken line, nothing after it was read;
                                       // a warning: the record is cut short
};

/// Hands a whole record to a sink: its header, then every moment, up to a cut or a broken line.
PastRecord readRecord(std::string const& file, record::MomentSink& sink);

} // namespace shakedown::cli
