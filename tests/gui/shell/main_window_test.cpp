#include "tests/gui/shell/window_stand.hpp"

#include <QTableView>

#include "reports/record/digest.hpp"
#include "tests/gui/session/recorded.hpp"

using namespace shakedown;
using tests::at;
using tests::WindowStand;

namespace {

std::string digestOf(gui::Run const& run) {
    REQUIRE(run.index().ended());
    return record::digestText(run.index().ended()->digest);
}

} // namespace

TEST_CASE("a scenario that is opened runs, and the window shows its record", "[gui][shell]") {
    WindowStand stand;
    stand.open(stand.folder().file("cascade.yaml", tests::cascade));
    auto& window = stand.window();
    REQUIRE(window.runA());
    CHECK(window.runA()->index().ended());
    // At the first moment that hurts.
    CHECK(window.time() > at(10));
    CHECK(window.why().toPlainText().contains("slow-one"));
    CHECK(window.said().contains("events"));
    for (auto const* subject : {"visitors", "site", "autos", "site -> autos"}) {
        CHECK_FALSE(window.topology().textOf(subject).isEmpty());
    }
}

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

TEST_CASE("a changed number is a second future beside the first, and undo takes it back",
          "[gui][shell]") {
    WindowStand stand;
    stand.open(stand.folder().file("cascade.yaml", tests::cascade));
    auto& window = stand.window();
    auto const first = digestOf(*window.runA());
    REQUIRE(stand.runsAfter([&] {
        CHECK_FALSE(window.document().change("calls.site -> autos.timeout", "50ms", "timeout"));
    }));
    CHECK(window.document().text().contains("timeout: 50ms, retry"));
    CHECK(digestOf(*window.runA()) != first);
    REQUIRE(window.runB());
    CHECK(digestOf(*window.runB()) == first);
    REQUIRE(stand.runsAfter([&] { window.document().undo().undo(); }));
    CHECK(digestOf(*window.runA()) == first);
    CHECK(window.document().text() == QString::fromUtf8(tests::cascade));
}

TEST_CASE("what the app saved runs headless to the digest that it showed", "[gui][shell]") {
    WindowStand stand;
    stand.open(stand.folder().file("cascade.yaml", tests::cascade));
    auto& window = stand.window();
    REQUIRE(stand.runsAfter([&] {
        CHECK_FALSE(window.document().add(
            "faults", "{ at: 33s, for: 2s, errors: { service: \"autos\", share: 50% } }",
            "errors"));
        CHECK_FALSE(window.document().change("services.site.workers", "20", "workers"));
    }));
    auto const saved = (stand.folder() / "saved.yaml").string();
    CHECK_FALSE(window.document().saveAs(QString::fromStdString(saved)));
    auto const outcome = tests::shakedown({"run", saved, "-o", "out", "-q"}, stand.folder().path());
    INFO(outcome.err);
    CHECK(outcome.code == 4); // it expects nothing
    auto const headless = gui::loadRun((stand.folder() / "out").string());
    REQUIRE(headless);
    CHECK(digestOf(*headless.value()) == digestOf(*window.runA()));
}

TEST_CASE("a broken scenario is said, and the run before stays", "[gui][shell]") {
    WindowStand stand;
    stand.open(stand.folder().file("cascade.yaml", tests::cascade));
    auto& window = stand.window();
    auto const before = window.runA();
    QSignalSpy checked(&window.editor(), &gui::EditorView::scenarioChanged);
    window.document().setText(QString::fromUtf8(tests::cascade).replace("workers: 8", "wrkers: 8"));
    REQUIRE(checked.wait(5000));
    REQUIRE(window.editor().problems().count() >= 1);
    CHECK(window.editor().problems().item(0)->text().contains("did you mean 'workers'"));
    window.run();
    CHECK(window.said().contains("has errors"));
    CHECK(window.runA() == before);
}

TEST_CASE("files that are none are said in words", "[gui][shell]") {
    WindowStand stand;
    auto& window = stand.window();
    CHECK_FALSE(window.open("no-such.yaml"));
    CHECK(window.said().contains("cannot open 'no-such.yaml'"));
    auto const notRecord = stand.folder().file("x.ndjson", "{\"shakedown_record\": 99}\n");
    CHECK_FALSE(window.open(QString::fromStdString(notRecord)));
    CHECK(window.said().contains("line 1 is no header of a record"));
    auto const whole = tests::recordOf(tests::cascade);
    auto const cut = stand.folder().file("cut.ndjson", whole.substr(0, whole.size() / 2));
    CHECK(window.open(QString::fromStdString(cut)));
    CHECK(window.said().contains("cut short at"));
    CHECK(window.runA()->index().reach() > at(3));
}

TEST_CASE("a simulation that is killed leaves what it wrote", "[gui][shell]") {
    WindowStand stand;
    auto const file = stand.folder().file(
        "long.yaml",
        QString::fromUtf8(tests::cascade).replace("for: 40s", "for: 100000s").toStdString());
    REQUIRE(stand.window().open(QString::fromStdString(file)));
    REQUIRE(QTest::qWaitFor(
        [&] { return stand.window().runA() && stand.window().runA()->index().reach() > at(50); },
        20'000));
    REQUIRE(
        stand.runsAfter([&] { ::kill(static_cast<pid_t>(stand.window().childId()), SIGKILL); }));
    CHECK(stand.window().said().contains("died"));
    CHECK(stand.window().runA()->index().reach() > at(50));
    // And it goes on.
    REQUIRE(stand.runsAfter(
        [&] { CHECK_FALSE(stand.window().document().change("run.for", "20s", "shorter")); }));
    CHECK(stand.window().runA()->index().ended());
}

TEST_CASE("glyphs are drawn, not boxes", "[gui][shell]") {
    QFontMetricsF const metrics(QApplication::font());
    CHECK(metrics.inFont('a'));
    CHECK(metrics.inFont(QChar(0x2014)));
    CHECK(metrics.horizontalAdvance("iiii") != metrics.horizontalAdvance("mmmm"));
}

TEST_CASE("every action has a key, and the window fits a small screen", "[gui][shell]") {
    WindowStand stand;
    auto& window = stand.window();
    int actions = 0;
    for (auto const* action : window.actions()) {
        INFO(action->text().toStdString());
        CHECK_FALSE(action->shortcut().isEmpty());
        ++actions;
    }
    CHECK(actions >= 12);
    CHECK(window.minimumSizeHint().width() <= 1280);
    CHECK(window.minimumSizeHint().height() <= 800);
}
