#pragma once

namespace shakedown::gui {

/// Sizes in the picture of who calls whom, in units of the scene.
inline constexpr double nodeWidth = 158;
inline constexpr double nodeHeight = 50;
inline constexpr double layerGap = 96;
inline constexpr double rowGap = 18;
inline constexpr double sceneMargin = 24;
inline constexpr double legendHeight = 26; // on the screen

} // namespace shakedown::gui
