#pragma once

#include <functional>
#include <vector>

#include "scenarios/model/scenario.hpp"
#include "scenarios/reading/findings.hpp"
#include "scenarios/reading/node.hpp"

namespace shakedown::reading {

/// Reads a tree as a document; the caller's way of doing it.
using ReadTree = std::function<std::optional<model::Scenario>(Node tree, Findings& findings)>;

/// What the document is from each instant on at which an operation `set` begins or ends: the tree
/// read again with the assignments that are active then. Errors are reported at the operation.
std::vector<model::Revision> revisionsOf(model::Scenario const& scenario, Node const& tree,
                                         ReadTree const& read, Findings& findings);

} // namespace shakedown::reading
