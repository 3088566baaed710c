#pragma once

#include <QString>

namespace shakedown::gui {

/// How `shakedown inject` ended, by its exit code (docs/reference/inject.md); -1: it was killed, or
/// could not begin.
QString exitWords(int code);

} // namespace shakedown::gui
