#include <algorithm>
#include <fstream>

#include <QToolBar>

#include "tests/gui/live/live_stand.hpp"
#include "tests/gui/session/recorded.hpp"
#include "tests/gui/shell/window_stand.hpp"

using namespace shakedown;
using tests::comes;
using tests::TwoServices;
using tests::WindowStand;

namespace {

constexpr auto errors =
    "faults:\n  - { at: 1s, for: 1s, name: fail, errors: { service: orders } }\n";

void inject(gui::LivePanel& panel) {
    QTest::mouseClick(&panel.injectButton(), Qt::LeftButton);
    REQUIRE(comes([&] { return panel.confirm().isVisible(); }));
    QTest::mouseClick(&panel.confirm().yes(), Qt::LeftButton);
}

} // namespace

TEST_CASE("a live run stands beside the simulated one, with the error of the model",
          "[gui][shell][live]") {
    TwoServices services;
    WindowStand stand;
    auto& window = stand.window();
    window.setPerspective(gui::Perspective::Live);
    stand.open(services.scenario(errors, "4s"));
    auto const simulated = window.runA();
    inject(window.live());
    REQUIRE(
        comes([&] { return window.runA() != simulated && window.runA()->index().hasHeader(); }));
    CHECK(window.runA()->index().header().platform == "live");
    CHECK(window.runB() == simulated);
    REQUIRE(comes([&] { return window.runA()->index().reach() > tests::at(1.5); }));
    CHECK(window.time() == window.runA()->index().reach()); // who looks at its end follows it
    REQUIRE(comes([&] { return !window.live().run().isUnderWay(); }, 30'000));
    auto const& rows = window.modelError().error().rows;
    INFO(window.modelError().error().sentence);
    REQUIRE(comes([&] { return !rows.empty(); }));
    auto const offered = std::find_if(rows.begin(), rows.end(), [](auto const& row) {
        return row.window == "whole run" && row.load == "visitors" && row.number == "offered";
    });
    REQUIRE(offered != rows.end());
    CHECK(offered->agreement == gui::Agreement::Agrees); // the same arrivals
    CHECK(std::any_of(rows.begin(), rows.end(),
                      [](auto const& row) { return row.window == "during fail"; }));
}

TEST_CASE("STOP ALL is in the toolbar of every perspective", "[gui][shell][live]") {
    WindowStand stand;
    auto& window = stand.window();
    auto const buttons = window.findChildren<gui::StopButton*>();
    for (auto const perspective : gui::allPerspectives) {
        INFO(gui::wordOf(perspective));
        window.setPerspective(perspective);
        CHECK(std::any_of(buttons.begin(), buttons.end(), [&](gui::StopButton* button) {
            return button->isVisible() && button->isEnabled()
                   && qobject_cast<QToolBar*>(button->parentWidget()) != nullptr;
        }));
    }
    window.activateWindow();
    REQUIRE(QTest::qWaitForWindowActive(&window));
    QTest::keyClick(&window, Qt::Key_X, Qt::ControlModifier | Qt::ShiftModifier);
    CHECK(window.said().startsWith("STOP ALL: there is nothing to stop"));
    CHECK(window.live().stopView().isVisible());
}

TEST_CASE("a window that closes during a live run waits until all is taken back",
          "[gui][shell][live]") {
    TwoServices services;
    WindowStand stand;
    auto& window = stand.window();
    window.setPerspective(gui::Perspective::Live);
    stand.open(services.scenario(tests::hangs, "30s"));
    inject(window.live());
    REQUIRE(comes([&] { return services.atWork() == 1; }));
    window.close();
    CHECK(window.isVisible());
    CHECK(comes([&] { return !window.isVisible(); }, 20'000));
    CHECK(services.atWork() == 0);
    CHECK(services.orders().answers());
}

TEST_CASE("a run that another process still writes is followed", "[gui][shell][live]") {
    tests::Scratch const folder;
    auto const record = tests::recordOf(tests::cascade);
    std::ofstream out(folder / "record.ndjson", std::ios::binary);
    out << record.substr(0, record.size() / 3) << std::flush;
    WindowStand stand;
    auto& window = stand.window();
    REQUIRE(window.open(QString::fromStdString(folder.path().string())));
    auto const reach = window.runA()->index().reach();
    CHECK(reach > SimTime());
    QTest::qWait(150);
    out << record.substr(record.size() / 3, record.size() / 3) << std::flush;
    REQUIRE(comes([&] { return window.runA()->index().reach() > reach; }));
    CHECK_FALSE(window.runA()->index().ended());
    out << record.substr(record.size() / 3 * 2) << std::flush;
    REQUIRE(comes([&] { return window.runA()->index().ended().has_value(); }));
    CHECK(window.said() == "the run is over");
}

TEST_CASE("a run that looks for its steady state is waited for", "[gui][shell][live]") {
    tests::Scratch const folder;
    std::ofstream out(folder / "record.ndjson", std::ios::binary);
    out << std::flush;
    WindowStand stand;
    auto& window = stand.window();
    REQUIRE(window.open(QString::fromStdString(folder.path().string())));
    CHECK(window.said() == "waiting for the first line of record.ndjson");
    CHECK_FALSE(window.runA());
    out << tests::recordOf(tests::cascade) << std::flush;
    REQUIRE(comes([&] { return window.runA() && window.runA()->index().ended(); }));
    CHECK(window.topology().isVisible());
    CHECK_FALSE(window.open(QString::fromStdString((folder / "none").string())));
}
