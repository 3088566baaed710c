#include "gui/trace/requests_panel.hpp"
#include "tests/gui/session/recorded.hpp"

#include <QCheckBox>
#include <QScrollBar>
#include <QSignalSpy>
#include <QTableView>
#include <QTest>

#include "tests/gui/trace/requests.hpp"

using namespace shakedown;
using gui::RequestModel;
using gui::RequestsPanel;

namespace {

SimTime at(double seconds) {
    return SimTime::at(Duration::fromSeconds(seconds));
}

std::shared_ptr<gui::Run> loaded() {
    static std::string const text = tests::recordOf(tests::cascade);
    return tests::runOf(text);
}

// A panel with a run, as large as a dock is.
struct Stand {
    Stand() {
        panel.resize(700, 560);
        panel.setRun(run);
        panel.show();
    }
    std::shared_ptr<gui::Run> run = loaded();
    RequestsPanel panel;
};

record::Request wide(std::uint32_t attempts) {
    record::Request request;
    request.intended = tests::ms(0);
    request.ended = tests::ms(attempts + 10);
    request.spans.push_back(tests::span(record::nobody, 0, 0, attempts + 10));
    for (std::uint32_t i = 1; i < attempts; ++i)
        request.spans.push_back(tests::span(0, 1, i, i + 5));
    return request;
}

} // namespace

TEST_CASE("a request that is chosen shows its life and what it ended of", "[gui][trace]") {
    Stand stand;
    auto& panel = stand.panel;
    CHECK(panel.waterfall().waterfall() == nullptr);
    panel.onlyNotWell().setChecked(true);
    REQUIRE(panel.model().rowCount() > 20);
    panel.selectRequest(20);
    auto const* waterfall = panel.waterfall().waterfall();
    REQUIRE(waterfall != nullptr);
    CHECK(waterfall->request().number == panel.model().requestAt(20).number);
    REQUIRE(waterfall->cause());
    CHECK(panel.waterfall().selected() == waterfall->cause());
    auto const& sentence = panel.waterfall().sentence();
    INFO(sentence.toStdString());
    CHECK(sentence.contains(" after "));
    CHECK(sentence.contains("autos"));
}

TEST_CASE("who was chosen stays chosen while the table is filtered and sorted", "[gui][trace]") {
    Stand stand;
    auto& panel = stand.panel;
    panel.selectRequest(300);
    auto const number = panel.waterfall().waterfall()->request().number;
    panel.table().sortByColumn(RequestModel::Took, Qt::DescendingOrder);
    REQUIRE(panel.table().currentIndex().isValid());
    CHECK(panel.model().requestAt(panel.table().currentIndex().row()).number == number);
    panel.setStretch(std::pair(at(35), at(36)));
    CHECK(panel.said().contains("sent from 35.00 s to 36.00 s"));
    CHECK(panel.waterfall().waterfall()->request().number == number);
    panel.setStretch(std::nullopt);
    CHECK(panel.model().requestAt(panel.table().currentIndex().row()).number == number);
}

TEST_CASE("Enter wants the instant of a request and of an attempt", "[gui][trace]") {
    Stand stand;
    auto& panel = stand.panel;
    QSignalSpy times(&panel, &RequestsPanel::timeWanted);
    QSignalSpy subjects(&panel, &RequestsPanel::subjectWanted);
    panel.setSubject("autos");
    panel.selectRequest(5);
    QTest::keyClick(&panel.table(), Qt::Key_Return);
    REQUIRE(times.count() == 1);
    CHECK(times[0][0].value<SimTime>() == panel.model().requestAt(5).intended);
    auto& view = panel.waterfall();
    QTest::keyClick(&view, Qt::Key_Home);
    CHECK(view.selected() == std::size_t{0});
    QTest::keyClick(&view, Qt::Key_Down);
    CHECK(view.selected() == std::size_t{1});
    QTest::keyClick(&view, Qt::Key_Return);
    REQUIRE(times.count() == 2);
    CHECK(times[1][0].value<SimTime>() == view.waterfall()->rows()[1].times.sent);
    QTest::keyClick(&view, Qt::Key_Return, Qt::ShiftModifier);
    REQUIRE(subjects.count() == 1);
    CHECK(subjects[0][0].toString() == "site -> autos");
    QTest::keyClick(&view, Qt::Key_Up);
    QTest::keyClick(&view, Qt::Key_Up);
    CHECK(view.selected() == std::size_t{0});
}

TEST_CASE("a record without requests says so", "[gui][trace]") {
    RequestsPanel panel;
    CHECK(panel.said().contains("once there is a run"));
    panel.setRun(tests::runOf(tests::recordOf(tests::cascade, record::Level::Summary)));
    CHECK(panel.said().contains("level summary"));
    CHECK(panel.model().rowCount() == 0);
}

TEST_CASE("of 100,000 attempts those in sight are painted", "[gui][trace]") {
    Stand stand;
    auto& view = stand.panel.waterfall();
    view.setRequest(stand.run, wide(100'000));
    auto const [first, last] = view.rowsInSight();
    CHECK(first == 0);
    CHECK(last > 3);
    CHECK(last < 60);
    QTest::keyClick(&view, Qt::Key_End);
    CHECK(view.selected() == std::size_t{99'999});
    auto const end = view.rowsInSight();
    CHECK(end.second == 100'000);
    CHECK(end.second - end.first < 60);
    CHECK(view.rowAt(QPointF(20, view.yOf(99'998) + 3)) == std::size_t{99'998});
}

TEST_CASE("what stands under the pointer stays there while zooming", "[gui][trace]") {
    Stand stand;
    auto& view = stand.panel.waterfall();
    view.setRequest(stand.run, wide(1000));
    double const x = 400;
    auto const before = view.timeAt(x);
    CHECK(std::abs(view.xOf(before) - x) < 1);
    view.setZoom(40, x);
    CHECK(view.zoom() == 40);
    CHECK(std::abs((view.timeAt(x) - before).inSeconds()) < 0.001);
    QTest::keyClick(&view, Qt::Key_0);
    CHECK(view.zoom() == 1);
    QTest::keyClick(&view, Qt::Key_Plus);
    CHECK(view.zoom() > 1);
}

TEST_CASE("a queue is hatched, service is filled, and what nobody waits for is pale",
          "[gui][trace]") {
    Stand stand;
    auto& view = stand.panel.waterfall();
    view.setRequest(stand.run, tests::timedOut());
    auto const image = view.viewport()->grab().toImage();
    auto const& tokens = gui::Tokens::of(gui::Scheme::Dark);
    double const middle = view.yOf(2) + 10;
    auto const colourAt = [&](double milliseconds) {
        return image.pixelColor(static_cast<int>(view.xOf(tests::ms(milliseconds))),
                                static_cast<int>(middle));
    };
    CHECK(colourAt(1594) == tokens.accent);
    CHECK(colourAt(1620) != tokens.accent);
    CHECK(colourAt(1620) != tokens.ground);
    // Of a hatched bar some pixels are of the ground, some of the hatching.
    int hatched = 0;
    int const from = static_cast<int>(view.xOf(tests::ms(1320)));
    for (int x = from; x < from + 40; ++x)
        hatched += image.pixelColor(x, static_cast<int>(middle)) == tokens.degraded ? 1 : 0;
    CHECK(hatched > 3);
    CHECK(hatched < 37);
}
