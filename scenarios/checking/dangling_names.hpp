#pragma once

#include "scenarios/model/scenario.hpp"

namespace shakedown::checking {

/// Names that lead nowhere: endpoints that are called, targets of faults and operations, events in
/// windows.
Diagnostics danglingNames(model::Scenario const& scenario);

} // namespace shakedown::checking
