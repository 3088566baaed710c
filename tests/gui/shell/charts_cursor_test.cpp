#include "tests/gui/charts/custom_plot.hpp"

#include "tests/gui/session/recorded.hpp"
#include "tests/gui/shell/window_stand.hpp"

using namespace shakedown;
using tests::at;
using tests::WindowStand;

TEST_CASE("the cursor of the charts moves, and leaves the curves as they are", "[gui][shell]") {
    WindowStand stand;
    stand.open(stand.folder().file("cascade.yaml", tests::cascade));
    auto& window = stand.window();
    auto const pictureAt = [&](double seconds) {
        window.setTime(at(seconds));
        QApplication::processEvents();
        return window.charts().grab().toImage();
    };
    auto const before = pictureAt(12);
    auto const after = pictureAt(33);
    REQUIRE(before.size() == after.size());
    int different = 0;
    for (int y = 0; y < before.height(); ++y)
        for (int x = 0; x < before.width(); ++x)
            different += before.pixel(x, y) != after.pixel(x, y) ? 1 : 0;
    // A line of one or two pixels in each chart, here and there.
    CHECK(different > before.height() / 2);
    CHECK(different < before.height() * 30);
    CHECK(pictureAt(12) == before);
}

TEST_CASE("where nothing failed, a chart goes from 0 to 1", "[gui][shell]") {
    WindowStand stand;
    stand.open(stand.folder().file(
        "calm.yaml", QString::fromUtf8(tests::cascade).section("faults:", 0, 0).toStdString()));
    int untouched = 0;
    for (auto const* plot : stand.window().charts().findChildren<QCustomPlot*>()) {
        CHECK(plot->yAxis->range().upper >= 1);
        untouched += plot->yAxis->range().upper == 1 ? 1 : 0;
    }
    CHECK(untouched >= 1); // errors
}
