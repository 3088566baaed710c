#pragma once

#include <cstdint>

#include "scenarios/model/scenario.hpp"
#include "scenarios/vocabulary/diagnostic.hpp"

namespace shakedown::checking {

enum class Purpose : std::uint8_t {
    Document, ///< is it right?
    Simulate, ///< and can the engine of this release run it?
};

/// Everything that is wrong or unwise about a scenario that could be read, in the order of the
/// document. A scenario without errors can be simulated (Purpose::Simulate).
Diagnostics check(model::Scenario const& scenario, Purpose purpose);

} // namespace shakedown::checking
