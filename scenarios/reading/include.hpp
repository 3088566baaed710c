#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "scenarios/reading/findings.hpp"
#include "scenarios/reading/node.hpp"

namespace shakedown::reading {

/// Parses a document and lays what it includes under it: maps are merged key by key, lists joined
/// (the included first), any other value of the including file wins; of several included files the
/// later one wins. Empty if the file itself is no YAML.
std::optional<Node> loadDocument(std::string_view text, std::string const& file, Sources& sources,
                                 Findings& findings);

} // namespace shakedown::reading
