#pragma once

#include <string>
#include <vector>

#include "reports/formats/format.hpp"
#include "scenarios/vocabulary/diagnostic.hpp"

namespace shakedown::cli {

/// "otlp, chrome, ...", as one may write them.
std::string formatWords();

/// The format of that name; an error suggests the nearest.
Result<formats::Format> formatNamed(std::string const& word);

/// From lists such as "otlp,dot": each format once, in the order of their rows.
Result<std::vector<formats::Format>> formatsNamed(std::vector<std::string> const& lists);

} // namespace shakedown::cli
