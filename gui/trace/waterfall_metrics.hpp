#pragma once

namespace shakedown::gui {

/// Sizes of the picture of a request, in pixels; for its geometry and its painting.
inline constexpr int rowHeight = 22;
inline constexpr double headHeight = 40; // two lines
inline constexpr double axisHeight = 22;
inline constexpr double legendHeight = 22;
inline constexpr double rightMargin = 12;
inline constexpr double signSize = 10;

} // namespace shakedown::gui
