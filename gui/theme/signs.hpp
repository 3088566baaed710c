#pragma once

#include <QPainter>

#include "gui/theme/tokens.hpp"

namespace shakedown::gui {

/// The sign of a health around a middle, about `size` wide: circle, ring, rounded square, octagon,
/// hollow cross. Filled with its colour; told apart without it.
void paintSign(QPainter& painter, Health health, QPointF middle, double size, Tokens const& tokens);

} // namespace shakedown::gui
