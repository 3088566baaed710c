#include "tests/gui/shell/window_stand.hpp"

using namespace shakedown;
using tests::at;
using tests::WindowStand;

TEST_CASE("a scenario that is opened runs, and the window shows its record", "[gui][shell]") {
    WindowStand stand;
    stand.open(stand.folder().file("cascade.yaml", tests::cascade));
    auto& window = stand.window();
    REQUIRE(window.runA());
    CHECK(window.runA()->index().ended());
    // At the first moment that hurts.
    CHECK(window.time() > at(10));
    CHECK(stand.why().contains("slow-one"));
    CHECK(window.said().contains("events"));
    for (auto const* subject : {"visitors", "site", "autos", "site -> autos"}) {
        CHECK_FALSE(window.topology().textOf(subject).isEmpty());
    }
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
