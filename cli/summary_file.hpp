#pragma once

#include <string>

#include "scenarios/vocabulary/diagnostic.hpp"

namespace shakedown::cli {

struct SummaryFile {
    std::string name; // of the file
    std::string text;
};

/// The summary.json of an earlier run, by the run's folder or by itself.
Result<SummaryFile> readSummaryFile(std::string const& path);

} // namespace shakedown::cli
