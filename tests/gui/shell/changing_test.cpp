#include "tests/gui/shell/window_stand.hpp"

#include <QSlider>
#include <QStyle>
#include <QStyleOptionSlider>

using namespace shakedown;
using tests::at;
using tests::WindowStand;

namespace {

// Drags the handle of a slider without letting go.
void drag(QSlider& slider, int to) {
    auto const middleOf = [&](int place) {
        QStyleOptionSlider option;
        option.initFrom(&slider);
        option.orientation = Qt::Horizontal;
        option.state |= QStyle::State_Horizontal;
        option.minimum = slider.minimum();
        option.maximum = slider.maximum();
        option.sliderPosition = place;
        option.sliderValue = place;
        return slider.style()
            ->subControlRect(QStyle::CC_Slider, &option, QStyle::SC_SliderHandle, &slider)
            .center();
    };
    auto const from = middleOf(slider.sliderPosition());
    QTest::mousePress(&slider, Qt::LeftButton, {}, from);
    REQUIRE(slider.isSliderDown());
    auto const end = middleOf(to);
    for (int step = 1; step <= 8; ++step) {
        QPoint const point = from + (end - from) * step / 8;
        QMouseEvent move(QEvent::MouseMove, point, slider.mapToGlobal(point), Qt::LeftButton,
                         Qt::LeftButton, {});
        QApplication::sendEvent(&slider, &move);
    }
}

// The menu entry that begins so.
void choose(gui::MainWindow& window, QString const& subject, QString const& text) {
    auto const menu = window.menuOf(subject);
    for (auto* action : menu->actions())
        if (action->text().startsWith(text))
            return action->trigger();
    FAIL("no '" << text.toStdString() << "' for " << subject.toStdString());
}

QPoint middleOfCall(gui::TopologyView const& topology, QString const& from, QString const& to) {
    auto const a = topology.boxOf(from);
    auto const b = topology.boxOf(to);
    return (QPointF(a.right(), a.center().y()) + QPointF(b.left(), b.center().y())).toPoint() / 2;
}

} // namespace

TEST_CASE("a changed number is a second future beside the first, and undo takes it back",
          "[gui][shell]") {
    WindowStand stand;
    stand.openCascade();
    auto& window = stand.window();
    auto const first = tests::digestOf(*window.runA());
    REQUIRE(stand.runsAfter([&] {
        CHECK_FALSE(window.document().change("calls.site -> autos.timeout", "50ms", "timeout"));
    }));
    CHECK(window.document().text().contains("timeout: 50ms, retry"));
    CHECK(tests::digestOf(*window.runA()) == first);
    REQUIRE(window.runB());
    CHECK(tests::digestOf(*window.runB()) != first);
    CHECK(window.bench().side() == gui::Side::B);
    REQUIRE(stand.runsAfter([&] { stand.trigger("Undo"); }));
    CHECK(tests::digestOf(*window.runA()) == first);
    CHECK_FALSE(window.runB()); // nothing differs
    CHECK(window.document().text() == QString::fromUtf8(tests::cascade));
}

TEST_CASE("a timeout is dragged: the second future is line B, and letting go makes it whole",
          "[gui][shell]") {
    WindowStand stand;
    stand.openCascade();
    auto& window = stand.window();
    auto const first = tests::digestOf(*window.runA());
    stand.trigger("Inspect");
    window.bench().setSubject("site -> autos");
    QApplication::processEvents();
    QString const path = "calls.site -> autos.timeout";
    auto* slider = window.inspector().sliderOf(path);
    REQUIRE(slider != nullptr);
    REQUIRE(window.inspector().fieldOf(path)->text() == "300ms");
    drag(*slider, 120);
    auto const tried = window.inspector().fieldOf(path)->text();
    CHECK(tried != "300ms");
    REQUIRE(
        QTest::qWaitFor([&] { return window.runB() && window.runB()->index().ended(); }, 20'000));
    // The text stays until the handle is let go; B is what a run of the tried value would be.
    CHECK(window.document().text() == QString::fromUtf8(tests::cascade));
    CHECK(window.runB()->index().header().level == record::Level::Intervals);
    QString const changed = QString::fromUtf8(tests::cascade).replace("300ms", tried);
    auto const alone = tests::runOf(tests::recordOf(changed.toStdString()));
    REQUIRE(QTest::qWaitFor(
        [&] { return window.runB() && window.runB()->index().ended() && !window.isRunning(); },
        20'000));
    CHECK(tests::digestOf(*window.runB()) == tests::digestOf(*alone));
    CHECK(window.charts().curveNames().contains("good (B)"));
    auto const state = window.runB()->index().stateAt(window.time());
    CHECK(window.topology().textOf("autos").join("|").contains(
        QString("%1/8 busy").arg(state.services[1].inService)));
    REQUIRE(stand.runsAfter(
        [&] { QTest::mouseRelease(slider, Qt::LeftButton, {}, slider->rect().center()); }));
    auto const settled = window.inspector().fieldOf(path)->text();
    CHECK(window.document().text() == QString::fromUtf8(tests::cascade).replace("300ms", settled));
    CHECK(window.runB()->index().header().level == record::Level::Sampled);
    CHECK(tests::digestOf(*window.runA()) == first);
    CHECK(window.document().undo().count() == 1);
}

TEST_CASE("of many values the newest wins", "[gui][shell]") {
    WindowStand stand;
    stand.openCascade();
    auto& window = stand.window();
    for (int workers = 1; workers <= 30; ++workers) {
        window.bench().tryValue("services.autos.workers", QString::number(workers));
        QTest::qWait(3);
    }
    REQUIRE(QTest::qWaitFor(
        [&] {
            return !window.isRunning() && window.runB() && window.runB()->index().ended()
                   && window.runB()->index().header().workers[1] == 30;
        },
        20'000));
    window.bench().tryValue("services.autos.workers", "many");
    CHECK_FALSE(window.said().isEmpty());
}

TEST_CASE("scissors cut a call by a click, and undo joins it", "[gui][shell]") {
    WindowStand stand;
    stand.openCascade();
    auto& window = stand.window();
    window.setTime(at(5));
    QTest::keyClick(&window, Qt::Key_T, Qt::ControlModifier);
    auto const point = middleOfCall(window.topology(), "site", "autos");
    REQUIRE(window.topology().subjectAt(point) == "site -> autos");
    REQUIRE(
        stand.runsAfter([&] { QTest::mouseClick(&window.topology(), Qt::LeftButton, {}, point); }));
    CHECK(window.document().text().contains(
        "- { at: 5s, for: 20s, black_hole: { call: \"site -> autos\" } }"));
    REQUIRE(window.runB());
    auto const state = window.runB()->index().stateOver(at(6), at(9));
    CHECK(state.events.size() == 1);
    CHECK(state.calls[0].trouble > 0.9);
    CHECK(state.services[1].arrived == 0);
    REQUIRE(stand.runsAfter([&] { QTest::keyClick(&window, Qt::Key_Z, Qt::ControlModifier); }));
    CHECK(window.document().text() == QString::fromUtf8(tests::cascade));
}

TEST_CASE("any fault of the menu becomes a line that does what it says", "[gui][shell]") {
    WindowStand stand;
    stand.openCascade();
    auto& window = stand.window();
    window.setTime(at(3));
    REQUIRE(stand.runsAfter([&] { choose(window, "autos", "Hang"); }));
    CHECK(window.document().text().contains("hang: { service: \"autos\" }"));
    auto const state = window.runB()->index().stateAt(at(4));
    REQUIRE(state.services[1].replicas.size() == 1);
    CHECK(state.services[1].replicas[0] == record::ReplicaState::Hung);
    CHECK(window.topology().textOf("autos").join("|").contains("busy"));
}

TEST_CASE("a breaker is opened by hand, as before planned maintenance", "[gui][shell]") {
    WindowStand stand;
    stand.openCascade();
    auto& window = stand.window();
    window.setTime(at(3));
    REQUIRE(stand.runsAfter([&] { choose(window, "site -> autos", "Open its breaker by hand"); }));
    CHECK(window.document().text().contains("flip_breaker: { call: \"site -> autos\", "
                                            "state: forced_open }"));
    auto const state = window.runB()->index().stateAt(at(4));
    CHECK(state.calls[0].byHand == 2); // both replicas of the site
    window.setTime(at(4));
    CHECK(window.topology().textOf("site -> autos").join("|").contains("by hand"));
    CHECK(state.services[1].arrived == 0);
    // That another call has none is said.
    QSignalSpy checked(&window.editor(), &gui::EditorView::scenarioChanged);
    choose(window, "visitors -> site", "Open its breaker by hand");
    REQUIRE(checked.wait(5000));
    auto const& problems = window.editor().problems();
    CHECK(problems.findItems("has no circuit breaker to flip", Qt::MatchContains).size() == 1);
}

TEST_CASE("B is kept as A, and later changes are beside it", "[gui][shell]") {
    WindowStand stand;
    stand.openCascade();
    auto& window = stand.window();
    stand.trigger("Keep B as A");
    CHECK(window.said().contains("no second future"));
    REQUIRE(stand.runsAfter(
        [&] { window.bench().settle("services.autos.workers", "16", "autos workers 16"); }));
    auto const second = tests::digestOf(*window.runB());
    stand.trigger("Keep B as A");
    CHECK_FALSE(window.runB());
    CHECK(tests::digestOf(*window.runA()) == second);
    REQUIRE(stand.runsAfter(
        [&] { window.bench().settle("services.autos.workers", "24", "autos workers 24"); }));
    CHECK(tests::digestOf(*window.runA()) == second);
    CHECK(tests::digestOf(*window.runB()) != second);
    // The picture shows either.
    stand.trigger("Picture shows B");
    CHECK(window.bench().side() == gui::Side::A);
    CHECK(window.topology().textOf("autos").join("|").contains("/16 busy"));
    stand.trigger("Picture shows B");
    CHECK(window.topology().textOf("autos").join("|").contains("/24 busy"));
}

TEST_CASE("a record of elsewhere is laid beside a run", "[gui][shell]") {
    WindowStand stand;
    stand.openCascade();
    auto& window = stand.window();
    auto const other = QString::fromUtf8(tests::cascade).replace("workers: 8", "workers: 40");
    auto const file = stand.folder().file("other.ndjson", tests::recordOf(other.toStdString()));
    REQUIRE(window.openBeside(QString::fromStdString(file)));
    CHECK(window.bench().side() == gui::Side::A);
    CHECK(window.charts().curveNames().contains("good (B)"));
    CHECK(window.inspector().factOf("good", true).startsWith("B "));
    CHECK_FALSE(window.openBeside("nowhere.ndjson"));
    CHECK(window.said().contains("nowhere.ndjson"));
}

TEST_CASE("what a session of clicks saved runs headless to the digest that was shown",
          "[gui][shell]") {
    WindowStand stand;
    stand.openCascade();
    auto& window = stand.window();
    window.setTime(at(33));
    REQUIRE(stand.runsAfter([&] { choose(window, "autos", "Answer half with errors"); }));
    window.setTime(at(6));
    REQUIRE(stand.runsAfter([&] { choose(window, "site -> autos", "Open its breaker by hand"); }));
    stand.trigger("Inspect");
    window.bench().setSubject("site");
    auto* field = window.inspector().fieldOf("services.site.workers");
    REQUIRE(field != nullptr);
    field->setText("20");
    REQUIRE(stand.runsAfter([&] { QTest::keyClick(field, Qt::Key_Return); }));
    auto const saved = (stand.folder() / "saved.yaml").string();
    CHECK_FALSE(window.document().saveAs(QString::fromStdString(saved)));
    auto const outcome = tests::shakedown({"run", saved, "-o", "out", "-q"}, stand.folder().path());
    INFO(outcome.err);
    CHECK(outcome.code == 4); // it expects nothing
    auto const headless = gui::loadRun((stand.folder() / "out").string());
    REQUIRE(headless);
    CHECK(tests::digestOf(*headless.value()) == tests::digestOf(*window.runB()));
}
