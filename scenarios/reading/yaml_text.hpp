#pragma once

#include <string>

#include "scenarios/reading/node.hpp"

/// Trees as YAML that parseYaml() reads as the same tree.
namespace shakedown::reading {

/// On one line: "{ attempts: 3, backoff: { initial: 25ms } }".
std::string flowText(Node const& node);

/// As a document: a key a line, small maps and lists on one line.
std::string blockText(Node const& node);

} // namespace shakedown::reading
