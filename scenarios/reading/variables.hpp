#pragma once

#include "scenarios/reading/findings.hpp"
#include "scenarios/reading/node.hpp"

namespace shakedown::reading {

/// Puts the values of `vars:` into every `${name}` of the document's values (`$${` is a plain `${`)
/// and removes `vars:`. A variable may use others; what grows beyond the limits is refused.
void substituteVariables(Node& document, Findings& findings);

} // namespace shakedown::reading
