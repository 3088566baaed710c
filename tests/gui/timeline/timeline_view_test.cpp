#include "gui/timeline/timeline_view.hpp"

#include <QApplication>
#include <QMouseEvent>
#include <QSignalSpy>
#include <QTest>

#include "tests/gui/session/recorded.hpp"

using namespace shakedown;
using gui::Stretch;
using gui::TimelineView;

namespace {

SimTime at(double seconds) {
    return SimTime::at(Duration::fromSeconds(seconds));
}

// The lanes are visitors, site and autos.
struct Stand {
    Stand() {
        static std::string const text = tests::recordOf(tests::cascade);
        run = tests::runOf(text);
        view.resize(900, 200);
        view.setRun(run);
        view.show();
        QObject::connect(&view, &TimelineView::timeWanted, &view, &TimelineView::setTime);
    }
    QPoint pointAt(double seconds, int y = 60) {
        return {static_cast<int>(std::lround(view.xOf(at(seconds)))), y};
    }
    void brush(double from, double to) {
        QTest::mousePress(&view, Qt::LeftButton, Qt::ShiftModifier, pointAt(from));
        QPointF const end = pointAt(to);
        QMouseEvent move(QEvent::MouseMove, end, view.mapToGlobal(end), Qt::NoButton,
                         Qt::LeftButton, Qt::ShiftModifier);
        QApplication::sendEvent(&view, &move);
        QTest::mouseRelease(&view, Qt::LeftButton, Qt::ShiftModifier, pointAt(to));
    }
    // How often a colour is in the column of an instant.
    int countAt(double seconds, QColor const& colour) {
        auto const image = view.grab().toImage();
        int count = 0;
        for (int y = 0; y < image.height() - 22; ++y)
            count += image.pixelColor(pointAt(seconds).x(), y) == colour ? 1 : 0;
        return count;
    }

    std::shared_ptr<gui::Run> run;
    TimelineView view;
};

gui::Tokens const& dark() {
    return gui::Tokens::of(gui::Scheme::Dark);
}

} // namespace

TEST_CASE("an instant has a place, and the place its instant", "[gui][timeline]") {
    Stand stand;
    for (double seconds = 0; seconds <= 40; seconds += 0.37)
        CHECK(stand.view.timeAt(stand.view.xOf(at(seconds))).inSeconds()
              == Approx(seconds).margin(1e-6));
    CHECK(stand.view.xOf(at(20)) > stand.view.xOf(at(10)));
    CHECK(stand.view.timeAt(0) == SimTime());
    CHECK(stand.view.timeAt(5000) == at(40));
}

TEST_CASE("keys move the cursor, with Shift further, and not beyond the run", "[gui][timeline]") {
    Stand stand;
    auto& view = stand.view;
    view.setTime(at(20));
    QTest::keyClick(&view, Qt::Key_Right);
    double const step = view.time().inSeconds() - 20;
    CHECK(step > 0);
    QTest::keyClick(&view, Qt::Key_Left);
    CHECK(view.time() == at(20));
    QTest::keyClick(&view, Qt::Key_Right, Qt::ShiftModifier);
    CHECK(view.time().inSeconds() - 20 == Approx(10 * step));
    QTest::keyClick(&view, Qt::Key_End);
    CHECK(view.time() == at(40));
    QTest::keyClick(&view, Qt::Key_Right);
    CHECK(view.time() == at(40));
    QTest::keyClick(&view, Qt::Key_Home);
    CHECK(view.time() == SimTime());
    QTest::keyClick(&view, Qt::Key_Left);
    CHECK(view.time() == SimTime());
}

TEST_CASE("a drag with Shift brushes a stretch, either way", "[gui][timeline]") {
    Stand stand;
    QSignalSpy brushed(&stand.view, &TimelineView::brushed);
    QSignalSpy times(&stand.view, &TimelineView::timeWanted);
    for (auto const& [from, to] : {std::pair{12.0, 17.0}, std::pair{17.0, 12.0}}) {
        stand.brush(from, to);
        REQUIRE(stand.view.brush());
        CHECK(stand.view.brush()->from.inSeconds() == Approx(12).margin(0.06));
        CHECK(stand.view.brush()->to.inSeconds() == Approx(17).margin(0.06));
    }
    REQUIRE(brushed.count() == 2);
    auto const said = brushed[1][0].value<std::optional<Stretch>>();
    REQUIRE(said);
    CHECK(said->from == stand.view.brush()->from);
    CHECK(times.count() == 0); // the cursor stays
}

TEST_CASE("Escape and a click remove the brush", "[gui][timeline]") {
    Stand stand;
    QSignalSpy brushed(&stand.view, &TimelineView::brushed);
    stand.brush(12, 17);
    QTest::keyClick(&stand.view, Qt::Key_Escape);
    CHECK_FALSE(stand.view.brush());
    REQUIRE(brushed.count() == 2);
    CHECK_FALSE(brushed[1][0].value<std::optional<Stretch>>());
    QTest::keyClick(&stand.view, Qt::Key_Escape); // there is none
    CHECK(brushed.count() == 2);
    stand.brush(12, 17);
    QTest::mouseClick(&stand.view, Qt::LeftButton, Qt::NoModifier, stand.pointAt(5));
    CHECK_FALSE(stand.view.brush());
    CHECK(brushed.count() == 4);
}

TEST_CASE("a drag moves the cursor along", "[gui][timeline]") {
    Stand stand;
    QTest::mousePress(&stand.view, Qt::LeftButton, Qt::NoModifier, stand.pointAt(10));
    CHECK(stand.view.time().inSeconds() == Approx(10).margin(0.06));
    QPointF const end = stand.pointAt(30);
    QMouseEvent move(QEvent::MouseMove, end, stand.view.mapToGlobal(end), Qt::NoButton,
                     Qt::LeftButton, Qt::NoModifier);
    QApplication::sendEvent(&stand.view, &move);
    CHECK(stand.view.time().inSeconds() == Approx(30).margin(0.06));
    CHECK_FALSE(stand.view.brush());
}

TEST_CASE("heat has the colour of the health at its instant", "[gui][timeline]") {
    Stand stand;
    auto& view = stand.view;
    view.setTime(at(0));
    auto const& index = stand.run->index();
    std::set<gui::Health> seen;
    // Behind the events, whose bands shade what is under them.
    for (double const seconds : {3.0, 7.0, 21.0, 31.0, 37.0}) {
        auto const i = index.intervalAt(at(seconds));
        REQUIRE(i);
        // A column of pixels is as wide as half an interval: look where its neighbours are alike.
        bool isAlike = true;
        for (std::size_t const near : {*i - 1, *i + 1})
            for (std::uint32_t const service : {0U, 1U})
                isAlike = isAlike
                          && index.serviceHealth(near, service) == index.serviceHealth(*i, service)
                          && index.loadHealth(near, 0) == index.loadHealth(*i, 0);
        REQUIRE(isAlike);
        int failing = 0;
        for (auto const health :
             {index.loadHealth(*i, 0), index.serviceHealth(*i, 0), index.serviceHealth(*i, 1)}) {
            seen.insert(health);
            failing += health == gui::Health::Failing ? 1 : 0;
        }
        int const painted = stand.countAt(seconds, dark().failing);
        INFO(seconds << " s, lanes that fail: " << failing);
        if (failing == 0)
            CHECK(painted == 0);
        else
            CHECK(painted > failing * 12);
    }
    CHECK(seen.contains(gui::Health::Failing));
    CHECK(seen.contains(gui::Health::Calm));
    view.setScheme(gui::Scheme::Light);
    CHECK(stand.countAt(21, gui::Tokens::of(gui::Scheme::Light).failing) > 12);
    CHECK(stand.countAt(21, dark().failing) == 0);
}

TEST_CASE("a breaker that is open is a strip over the lane of its callee", "[gui][timeline]") {
    Stand stand;
    auto const& index = stand.run->index();
    auto const& calls = index.header().names.calls;
    auto const call = static_cast<std::uint32_t>(
        std::find(calls.begin(), calls.end(), "site -> autos") - calls.begin());
    auto const stateAt = [&](double seconds) {
        auto state = record::BreakerState::Closed;
        for (auto const& change : index.breakers(call))
            if (change.at <= at(seconds))
                state = change.worst;
        return state;
    };
    REQUIRE(stateAt(14) == record::BreakerState::Open);
    REQUIRE(stateAt(5) == record::BreakerState::Closed);
    CHECK(stand.countAt(14, dark().text) >= 2);
    CHECK(stand.countAt(5, dark().text) == 0);
}

TEST_CASE("without a run the timeline says so and takes no hand", "[gui][timeline]") {
    TimelineView view;
    view.resize(600, 120);
    view.show();
    QSignalSpy times(&view, &TimelineView::timeWanted);
    QTest::mouseClick(&view, Qt::LeftButton, Qt::NoModifier, QPoint(300, 60));
    CHECK(times.count() == 0);
    CHECK_FALSE(view.grab().isNull());
}
