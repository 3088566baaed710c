#pragma once

#include <QIcon>
#include <QPainter>

#include "gui/theme/tokens.hpp"

namespace shakedown::gui {

/// The sign of a health around a middle, about `size` wide: circle, ring, rounded square, octagon,
/// hollow cross. Filled with its colour; told apart without it.
void paintSign(QPainter& painter, Health health, QPointF middle, double size, Tokens const& tokens);
/// The same for a row of a table or a button, `size` points wide.
QIcon signIcon(Health health, Tokens const& tokens, int size = 12);

} // namespace shakedown::gui
