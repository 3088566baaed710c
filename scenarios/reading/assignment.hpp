#pragma once

#include <string>

#include "scenarios/reading/findings.hpp"
#include "scenarios/reading/node.hpp"

namespace shakedown::reading {

/// Puts `value` at a path of the document: "services.site.workers", "calls.site -> autos.timeout",
/// "faults.autos-slow.at" (items of lists by name or number). Keys that the field table knows may
/// be new, and so may rules of calls; services, loads and the like must be there. What goes wrong
/// is reported at `place`.
void assign(Node& document, std::string const& path, Node value, Place const& place,
            Findings& findings);

/// Parses the YAML of a value; each of its nodes gets the place of `origin`.
std::optional<Node> parseValue(std::string const& text, std::string const& origin,
                               Findings& findings);

} // namespace shakedown::reading
