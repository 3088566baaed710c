#pragma once

#include <string>

#include "reports/summary/summary.hpp"

namespace shakedown::render {

/// The schema of summary.json; a change that a reader of the old shape would notice raises it.
inline constexpr int summarySchema = 1;

/// summary.json as described in docs/reference/summary.md. Equal summaries give equal bytes.
std::string summaryJson(summary::Summary const& summary);

} // namespace shakedown::render
