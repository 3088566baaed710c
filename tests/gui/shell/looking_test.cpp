#include "tests/gui/shell/window_stand.hpp"

#include <QTableView>

using namespace shakedown;
using tests::at;
using tests::WindowStand;

TEST_CASE("a click on the timeline shows that instant everywhere", "[gui][shell]") {
    WindowStand stand;
    stand.open(stand.folder().file("cascade.yaml", tests::cascade));
    auto& window = stand.window();
    auto& timeline = window.timeline();
    auto const clickAt = [&](double seconds) {
        QTest::mouseClick(&timeline, Qt::LeftButton, Qt::NoModifier,
                          QPoint(static_cast<int>(timeline.xOf(at(seconds))), 40));
    };
    for (double const seconds : {5.0, 14.0, 27.0, 39.0}) {
        clickAt(seconds);
        CHECK(std::abs(window.time().inSeconds() - seconds) < 0.1);
        auto const state = window.runA()->index().stateAt(window.time());
        auto const text = window.topology().textOf("autos").join("|");
        INFO(text.toStdString());
        CHECK(text.contains(QString("%1/8 busy").arg(state.services[1].inService)));
        auto const word = gui::wordOf(state.services[1].health);
        CHECK(text.contains(QString::fromUtf8(word.data(), static_cast<int>(word.size()))));
    }
    QTest::keyClick(&timeline, Qt::Key_Home);
    CHECK(window.time() == SimTime());
}

TEST_CASE("a brush keeps the requests of its stretch", "[gui][shell]") {
    WindowStand stand;
    stand.open(stand.folder().file("cascade.yaml", tests::cascade));
    auto& timeline = stand.window().timeline();
    auto const x = [&](double seconds) { return static_cast<int>(timeline.xOf(at(seconds))); };
    QTest::mousePress(&timeline, Qt::LeftButton, Qt::ShiftModifier, QPoint(x(11), 40));
    QTest::mouseMove(&timeline, QPoint(x(12), 40));
    QMouseEvent move(QEvent::MouseMove, QPointF(x(14), 40),
                     timeline.mapToGlobal(QPointF(x(14), 40)), Qt::LeftButton, Qt::LeftButton,
                     Qt::ShiftModifier);
    QApplication::sendEvent(&timeline, &move);
    QTest::mouseRelease(&timeline, Qt::LeftButton, Qt::ShiftModifier, QPoint(x(14), 40));
    REQUIRE(timeline.brush());
    CHECK(std::abs(timeline.brush()->from.inSeconds() - 11) < 0.1);
    CHECK(std::abs(timeline.brush()->to.inSeconds() - 14) < 0.1);
    auto const& requests = stand.window().requests().model();
    REQUIRE(requests.rowCount() > 100);
    CHECK(requests.rowCount() < 400);
    for (int row = 0; row < requests.rowCount(); ++row) {
        REQUIRE(requests.requestAt(row).intended >= timeline.brush()->from);
        REQUIRE(requests.requestAt(row).intended <= timeline.brush()->to);
    }
}

TEST_CASE("Enter on a request shows its instant everywhere", "[gui][shell]") {
    WindowStand stand;
    stand.open(stand.folder().file("cascade.yaml", tests::cascade));
    auto& window = stand.window();
    window.requests().selectRequest(900);
    QTest::keyClick(&window.requests().table(), Qt::Key_Return);
    CHECK(window.time() == window.requests().model().requestAt(900).intended);
}

TEST_CASE("the cursor is dragged, and graph, pools and breakers show each instant",
          "[gui][shell]") {
    WindowStand stand;
    stand.openCascade();
    auto& window = stand.window();
    auto& timeline = window.timeline();
    auto const point = [&](double seconds) {
        return QPoint(static_cast<int>(timeline.xOf(at(seconds))), 40);
    };
    QTest::mousePress(&timeline, Qt::LeftButton, {}, point(8));
    bool wasOpen = false;
    for (double seconds = 8; seconds < 32; seconds += 0.5) {
        QMouseEvent move(QEvent::MouseMove, point(seconds), timeline.mapToGlobal(point(seconds)),
                         Qt::LeftButton, Qt::LeftButton, {});
        QApplication::sendEvent(&timeline, &move);
        CHECK(std::abs(window.time().inSeconds() - seconds) < 0.1);
        auto const state = window.runA()->index().stateAt(window.time());
        auto const& autos = state.services[1];
        auto const text = window.topology().textOf("autos").join("|");
        INFO(seconds << " s: " << text.toStdString());
        CHECK(text.contains(QString("%1/8 busy").arg(autos.inService)));
        CHECK(text.contains(QString("%1 wait").arg(autos.queue)) == (autos.queue > 0));
        bool const isOpen = state.calls[0].open > 0;
        wasOpen = wasOpen || isOpen;
        CHECK(window.topology().textOf("site -> autos").join("|").contains("OPEN") == isOpen);
    }
    CHECK(wasOpen);
    QTest::mouseRelease(&timeline, Qt::LeftButton, {}, point(32));
}

TEST_CASE("a click on a service says why, with the record's shares, and a time is a link",
          "[gui][shell]") {
    WindowStand stand;
    stand.openCascade();
    auto& window = stand.window();
    QTest::mouseClick(&window.topology(), Qt::LeftButton, {},
                      window.topology().boxOf("autos").center().toPoint());
    auto const text = stand.why();
    INFO(text.toStdString());
    CHECK(text.startsWith("autos"));
    auto const subject = why::subjectNamed("autos", window.runA()->index().header().names);
    auto const explanation = window.runA()->explain(*subject);
    REQUIRE_FALSE(explanation.account.causes.empty());
    auto const tenths = why::inTenthsOfPercent(explanation.account.causes);
    for (std::size_t i = 0; i < std::min<std::size_t>(8, tenths.size()); ++i) {
        CHECK(text.contains(QString::number(tenths[i] / 10.0, 'f', 1) + " %"));
        CHECK(text.contains(QString::fromStdString(
            why::nameOf(explanation.account.causes[i].cause, explanation.header))));
    }
    REQUIRE_FALSE(explanation.account.chain.empty());
    auto const& link = explanation.account.chain.front();
    CHECK(text.contains(QString::fromStdString(link.what)));
    Q_EMIT window.why().anchorClicked(QUrl(QString("t:%1").arg(link.at.count())));
    CHECK(window.time() == link.at);
}

TEST_CASE("next and previous go through every moment of the record", "[gui][shell]") {
    WindowStand stand;
    stand.openCascade();
    auto& window = stand.window();
    window.setTime(SimTime());
    auto const& turns = window.runA()->index().turningPoints();
    REQUIRE(turns.size() > 4);
    std::vector<SimTime> times;
    for (auto const& turn : turns)
        if (turn.at > SimTime() && (times.empty() || times.back() != turn.at))
            times.push_back(turn.at);
    for (auto const time : times) {
        QTest::keyClick(&window, Qt::Key_Right, Qt::ControlModifier);
        CHECK(window.time() == time);
    }
    QTest::keyClick(&window, Qt::Key_Right, Qt::ControlModifier);
    CHECK(window.time() == times.back());
    for (auto time = times.rbegin() + 1; time != times.rend(); ++time) {
        stand.trigger("Previous moment");
        CHECK(window.time() == *time);
    }
}

TEST_CASE("three seconds of pain are brushed, and every panel shows those alone", "[gui][shell]") {
    WindowStand stand;
    stand.openCascade();
    auto& window = stand.window();
    tests::brush(window.timeline(), 11, 14);
    REQUIRE(window.bench().stretch());
    auto const [from, to] = *window.bench().stretch();
    CHECK(std::abs(from.inSeconds() - 11) < 0.1);
    CHECK(std::abs(to.inSeconds() - 14) < 0.1);
    auto const shown = window.charts().shownStretch();
    CHECK(std::abs(shown.from.inSeconds() - from.inSeconds()) < 1e-6);
    CHECK(std::abs(shown.to.inSeconds() - to.inSeconds()) < 1e-6);
    auto const state = window.runA()->index().stateOver(from, to);
    CHECK(window.topology().textOf("autos").join("|").contains(
        QString("%1 wait").arg(state.services[1].queue)));
    window.bench().setSubject("autos");
    CHECK(window.inspector().factOf("queue") == QString::number(state.services[1].queue));
    auto const text = stand.why();
    INFO(text.toStdString());
    CHECK(text.contains(
        QString("%1 s to %2 s").arg(from.inSeconds(), 0, 'f', 1).arg(to.inSeconds(), 0, 'f', 1)));
    auto const& moments = window.moments();
    REQUIRE(moments.rowCount() > 0);
    CHECK(moments.rowCount() < static_cast<int>(window.runA()->index().turningPoints().size()));
    for (int row = 0; row < moments.rowCount(); ++row) {
        auto const when =
            SimTime::atNanoseconds(moments.item(row, 0)->data(Qt::UserRole).toLongLong());
        CHECK(when >= from);
        CHECK(when <= to);
    }
    auto const& requests = window.requests().model();
    REQUIRE(requests.rowCount() > 0);
    for (int row = 0; row < requests.rowCount(); ++row)
        REQUIRE(requests.requestAt(row).intended >= from);
    QTest::keyClick(&window.timeline(), Qt::Key_Escape);
    CHECK_FALSE(window.bench().stretch());
    CHECK(std::abs(window.charts().shownStretch().to.inSeconds() - 40) < 0.01);
}

TEST_CASE("played time passes, and stops at the end", "[gui][shell]") {
    WindowStand stand;
    stand.openCascade();
    auto& window = stand.window();
    window.setTime(at(39.0));
    stand.trigger("Play");
    REQUIRE(QTest::qWaitFor(
        [&] { return !window.commands().named("Pause") && window.time() >= at(40); }, 20'000));
    CHECK(window.time() == window.runA()->index().reach());
    CHECK(window.commands().named("Play") != nullptr);
}

TEST_CASE("the charts show a moment, a run or both", "[gui][shell]") {
    WindowStand stand;
    stand.openCascade();
    auto& window = stand.window();
    window.setScope(gui::ChartScope::Moment);
    window.setTime(at(20));
    auto const moment = window.charts().shownStretch();
    CHECK(std::abs(moment.from.inSeconds() - 18) < 0.01);
    CHECK(std::abs(moment.to.inSeconds() - 22) < 0.01);
    window.setScope(gui::ChartScope::Both);
    CHECK(window.charts().shownStretch().from == SimTime());
}
