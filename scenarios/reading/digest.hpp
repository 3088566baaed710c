#pragma once

#include <string>

#include "scenarios/model/scenario.hpp"

namespace shakedown::reading {

/// FNV-1a (64 bit) of the document's normal form, as 16 hex digits: equal documents have equal
/// digests, however they are written.
std::string digestOf(model::Scenario const& scenario);

} // namespace shakedown::reading
