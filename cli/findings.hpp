#pragma once

#include <string>

#include "scenarios/vocabulary/diagnostic.hpp"

namespace shakedown::cli {

/// Findings for a person: file:line:column, the line, a caret, the hint, the code.
std::string showFindings(Diagnostics const& findings, bool colour);
/// Findings for a machine: a JSON list.
std::string findingsJson(Diagnostics const& findings);

} // namespace shakedown::cli
