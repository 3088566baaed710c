#pragma once

#include <string>

#include "scenarios/model/scenario.hpp"

namespace shakedown::reading {

/// The document as YAML in its normal form: keys in the order of the field table, only what differs
/// from the defaults, nothing included, no variables. Reading the text gives the same document.
std::string write(model::Scenario const& scenario);

} // namespace shakedown::reading
