#pragma once

#include <QString>

#include "gui/live/phases.hpp"

namespace shakedown::gui {

/// What the summary in the folder of a live run says of the steady state after it.
Phases::Steady steadyAfter(QString const& folder);

} // namespace shakedown::gui
