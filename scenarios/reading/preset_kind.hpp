#pragma once

#include "scenarios/reading/scalar_kinds.hpp"

namespace shakedown::reading {

/// The name of a library whose defaults hold, or `none`.
Of<model::PresetChoice> presetChoice();

} // namespace shakedown::reading
