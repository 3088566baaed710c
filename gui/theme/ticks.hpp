#pragma once

namespace shakedown::gui {

/// The step of an axis: 1, 2 or 5 times a power of ten, so that at most `about` of them fill
/// `whole`.
double tickStep(double whole, double about);

} // namespace shakedown::gui
