// The bars of the desktop app, each beside its limit, painted without a display.
#include "tests/gui/bench/all_bars.hpp"

int main(int count, char** words) {
    return shakedown::bench::measureAllBars(count, words);
}
