#pragma once

#include "reports/summary/checked_json.hpp"
#include "reports/summary/summary.hpp"

namespace shakedown::summary {

/// Reads `per_replication` of a summary.json into the loads of a summary, which are there by name.
/// Throws as checked_json.hpp says.
void readReplications(Document const& columns, Summary& into);

} // namespace shakedown::summary
