#pragma once

namespace shakedown::bench {

/// Measures and prints every bar of the desktop app. The words of the program; an exit code.
int measureAllBars(int count, char** words);

} // namespace shakedown::bench
