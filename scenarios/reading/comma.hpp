#pragma once

#include <vector>

#include "scenarios/reading/node.hpp"

/// `[ work: lognormal(median 8ms, p99 60ms) ]`: inside [ ] and { } YAML ends a value at the comma.
/// These find a value whose bracket is closed by what YAML took for its neighbours, report it once,
/// and put the value together again, so that nothing else is said about it.
namespace shakedown::reading {

void mendCommas(std::vector<Node>& itemsOfFlowList, Diagnostics& findings);
void mendCommas(std::vector<MapEntry>& entriesOfFlowMap, Diagnostics& findings);

} // namespace shakedown::reading
