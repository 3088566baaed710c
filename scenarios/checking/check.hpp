#pragma once

#include <cstdint>

#include "scenarios/model/scenario.hpp"

namespace shakedown::checking {

/// What the document shall be good for: a simulation, or only to be a sound document.
enum class Purpose : std::uint8_t { Simulate, Document };

/// Everything that is wrong or doubtful about a document, all at once.
Diagnostics check(model::Scenario const& scenario, Purpose purpose);

} // namespace shakedown::checking
