#include "tests/gui/bench/all_bars.hpp"

#include <cstdio>
#include <exception>
#include <string_view>

#include <QApplication>

#include "tests/gui/bench/pictures.hpp"
#include "tests/gui/bench/waits.hpp"

namespace shakedown::bench {

int measureAllBars(int count, char** words) {
    qputenv("QT_QPA_PLATFORM", "offscreen");
    QApplication const application(count, words);
    QApplication::setStyle("Fusion");
    if (count == 4 && std::string_view(words[1]) == "--first-picture")
        return showFirstPicture(words[2], words[3]);
    try {
        reportLayout();
        reportFrames();
        reportScrubbing();
        reportWaterfall();
        reportCharts();
        reportFirstPicture();
        reportSecondFuture();
        reportSquiggle();
        return 0;
    } catch (std::exception const& e) {
        std::fprintf(stderr, "bench: %s\n", e.what());
        return 1;
    }
}

} // namespace shakedown::bench
