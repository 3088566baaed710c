#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "scenarios/reading/node.hpp"

namespace shakedown::reading {

struct ParsedYaml {
    /// Empty if the text could not be understood to its end.
    std::optional<Node> root;
    Diagnostics findings;
};

/// Turns YAML into a tree, within the bounds of limits.hpp: one document, no tags, keys that are
/// plain text and stand once in a map, aliases and merge keys (`<<`) copied in. Needs a text that
/// refuseBytes() has passed. No exception leaves it.
ParsedYaml parseYaml(std::string_view text, std::string const& file);

} // namespace shakedown::reading
