#pragma once

#include "scenarios/model/scenario.hpp"

namespace shakedown::checking {

/// What the document says and this release's engine cannot run: never silently ignored (E500).
Diagnostics notSimulated(model::Scenario const& scenario);

} // namespace shakedown::checking
