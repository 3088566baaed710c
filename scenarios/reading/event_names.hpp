#pragma once

#include "scenarios/reading/findings.hpp"
#include "scenarios/reading/node.hpp"

namespace shakedown::reading {

/// Gives every fault and operation without a name one made from its verb and target
/// ("slow-autos", "slow-autos-2"), so that conditions and assignments can speak of it, and reports
/// names that are given twice.
void nameEvents(Node& document, Findings& findings);

} // namespace shakedown::reading
