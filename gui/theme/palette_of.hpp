#pragma once

#include <QPalette>

#include "gui/theme/tokens.hpp"

namespace shakedown::gui {

/// The colours of Qt's own widgets. What is disabled is muted.
QPalette paletteOf(Tokens const& tokens);

} // namespace shakedown::gui
