#include "tests/gui/shell/window_stand.hpp"

#include <fstream>

#include <QDir>
#include <QProgressBar>

using namespace shakedown;
using tests::at;
using tests::WindowStand;

// A and B in whatever order somebody does things.
namespace {

QString const workers = "services.autos.workers";

std::string cascadeWith(char const* what, char const* instead) {
    return QString::fromUtf8(tests::cascade).replace(what, instead).toStdString();
}

// The folder of a run of the cascade, with or without its scenario.
QString runFolder(WindowStand& stand, std::string const& name, std::string const& record,
                  bool hasScenario) {
    auto const folder = stand.folder() / name;
    std::filesystem::create_directories(folder);
    stand.folder().file(name + "/record.ndjson", record);
    if (hasScenario)
        stand.folder().file(name + "/scenario.yaml", tests::cascade);
    return QString::fromStdString(folder.string());
}

bool waitForEnd(gui::MainWindow& window) {
    return QTest::qWaitFor(
        [&] { return !window.isRunning() && window.runB() && window.runB()->index().ended(); },
        20'000);
}

} // namespace

TEST_CASE("the first change after a run was opened is simulated, whatever was open before",
          "[gui][shell]") {
    WindowStand stand;
    stand.openCascade();
    auto& window = stand.window();
    auto const folder = runFolder(stand, "run", tests::recordOf(tests::cascade), true);
    REQUIRE(window.open(folder));
    auto const opened = window.runA();
    REQUIRE(QTest::qWaitFor([&] { return window.bench().scenario() != nullptr; }, 20'000));
    CHECK_FALSE(window.isRunning()); // it was opened with its run
    REQUIRE(stand.runsAfter([&] { window.bench().settle(workers, "16", "autos workers 16"); }));
    CHECK(window.runA() == opened);
    REQUIRE(window.runB());
    CHECK(window.runB()->index().header().workers[1] == 16);
    // Even one that comes before the text was checked.
    REQUIRE(window.open(folder));
    REQUIRE(stand.runsAfter([&] { window.bench().settle(workers, "20", "autos workers 20"); }));
    REQUIRE(window.runB());
    CHECK(window.runB()->index().header().workers[1] == 20);
}

TEST_CASE("a slider that is put back leaves the future that was there before", "[gui][shell]") {
    WindowStand stand;
    stand.openCascade();
    auto& window = stand.window();
    REQUIRE(stand.runsAfter([&] { window.bench().settle(workers, "16", "autos workers 16"); }));
    auto const future = window.runB();
    window.bench().tryValue(workers, "20");
    REQUIRE(waitForEnd(window));
    CHECK(window.runB() != future);
    window.bench().settle(workers, "16", "autos workers 16");
    CHECK(window.runB() == future);
    CHECK(window.bench().nameOf(gui::Side::B) == "autos workers 16");
    CHECK_FALSE(window.bench().folder().isEmpty());
}

TEST_CASE("a slider that is put back while its future was at work makes it whole", "[gui][shell]") {
    WindowStand stand;
    stand.openCascade();
    auto& window = stand.window();
    REQUIRE_FALSE(window.document().change(workers, "16", "autos workers 16"));
    REQUIRE(QTest::qWaitFor([&] { return window.childId() != 0; }, 20'000));
    window.bench().tryValue(workers, "20");
    REQUIRE(stand.runsAfter([&] { window.bench().settle(workers, "16", "autos workers 16"); }));
    REQUIRE(waitForEnd(window));
    CHECK(window.runB()->index().header().workers[1] == 16);
    CHECK(window.runB()->index().header().level == record::Level::Sampled);
}

TEST_CASE("a value that cannot be simulated leaves the picture as it was", "[gui][shell]") {
    WindowStand stand;
    stand.openCascade();
    auto& window = stand.window();
    window.bench().tryValue(workers, "many");
    REQUIRE(QTest::qWaitFor([&] { return !window.isRunning(); }, 20'000));
    CHECK_FALSE(window.runB());
    CHECK(window.bench().shown() == window.runA());
    CHECK(window.said().contains("second future"));
    REQUIRE(stand.runsAfter([&] { window.bench().settle(workers, "16", "autos workers 16"); }));
    auto const future = window.runB();
    window.bench().tryValue(workers, "many");
    REQUIRE(QTest::qWaitFor([&] { return !window.isRunning(); }, 20'000));
    CHECK(window.runB() == future);
}

TEST_CASE("a record that is laid beside while a change is simulated stays", "[gui][shell]") {
    WindowStand stand;
    stand.openCascade();
    auto& window = stand.window();
    auto const other = stand.folder().file(
        "other.ndjson", tests::recordOf(cascadeWith("workers: 8", "workers: 40")));
    // The change is one that changes nothing.
    REQUIRE_FALSE(window.document().change("name", "another", "name"));
    REQUIRE(QTest::qWaitFor([&] { return window.childId() != 0; }, 20'000));
    REQUIRE(window.openBeside(QString::fromStdString(other)));
    auto const beside = window.runB();
    QTest::qWait(1000);
    CHECK(window.runB() == beside);
    CHECK(window.bench().nameOf(gui::Side::B) == "other.ndjson");
    CHECK_FALSE(window.isRunning());
}

TEST_CASE("a record may be laid beside a scenario whose first run is still to come",
          "[gui][shell]") {
    WindowStand stand;
    auto& window = stand.window();
    auto const other = stand.folder().file(
        "other.ndjson", tests::recordOf(cascadeWith("workers: 8", "workers: 40")));
    REQUIRE(stand.runsAfter([&] {
        REQUIRE(window.open(
            QString::fromStdString(stand.folder().file("cascade.yaml", tests::cascade))));
        REQUIRE(window.openBeside(QString::fromStdString(other)));
    }));
    REQUIRE(window.runB());
    CHECK(window.runB()->index().header().workers[1] == 40);
    CHECK(window.runA()->index().header().workers[1] == 8);
}

TEST_CASE("a run that was opened stays A when it was cut short", "[gui][shell]") {
    WindowStand stand;
    auto& window = stand.window();
    auto const whole = tests::recordOf(tests::cascade);
    REQUIRE(window.open(runFolder(stand, "cut", whole.substr(0, whole.size() / 2), true)));
    auto const reach = window.runA()->index().reach();
    QTest::qWait(200);
    REQUIRE(stand.runsAfter([&] { window.bench().settle(workers, "16", "autos workers 16"); }));
    CHECK(window.runA()->index().reach() == reach);
    REQUIRE(window.runB());
    CHECK(window.runB()->index().ended());
}

TEST_CASE("a run without its scenario has none beside it", "[gui][shell]") {
    WindowStand stand;
    stand.openCascade();
    auto& window = stand.window();
    // That of the very scenario that is open has it.
    REQUIRE(window.open(runFolder(stand, "same", tests::recordOf(tests::cascade), false)));
    CHECK(window.document().text() == QString::fromUtf8(tests::cascade));
    auto const other = tests::recordOf(cascadeWith("workers: 8", "workers: 40"));
    REQUIRE(window.open(runFolder(stand, "alone", other, false)));
    CHECK(window.document().text().isEmpty());
    CHECK_FALSE(window.document().isFile());
    CHECK(window.inspector().sliderOf(workers) == nullptr);
    QTest::qWait(200);
    window.run();
    CHECK(window.said().contains("no scenario"));
}

TEST_CASE("a scenario with an error is opened without the numbers of the one before",
          "[gui][shell]") {
    WindowStand stand;
    stand.openCascade();
    auto& window = stand.window();
    window.bench().setSubject("autos");
    REQUIRE(window.inspector().sliderOf(workers) != nullptr);
    REQUIRE(window.open(
        QString::fromStdString(stand.folder().file("broken.yaml", "shakedown: 1\nname: [\n"))));
    CHECK(window.inspector().sliderOf(workers) == nullptr);
    CHECK_FALSE(window.bench().scenario());
}

TEST_CASE("progress is over when what made it is gone", "[gui][shell]") {
    WindowStand stand;
    auto& window = stand.window();
    auto const file = stand.folder().file("long.yaml", cascadeWith("for: 40s", "for: 100000s"));
    REQUIRE(window.open(QString::fromStdString(file)));
    auto const bars = window.findChildren<QProgressBar*>();
    auto const found = std::find_if(bars.begin(), bars.end(), [](QProgressBar const* bar) {
        return bar->accessibleName() == "Simulated time that is over";
    });
    REQUIRE(found != bars.end());
    auto* progress = *found;
    REQUIRE(QTest::qWaitFor([&] { return window.time() > at(1); }, 20'000));
    REQUIRE_FALSE(progress->isHidden());
    auto const record = stand.folder().file("a.ndjson", tests::recordOf(tests::cascade));
    REQUIRE(window.open(QString::fromStdString(record)));
    CHECK(progress->isHidden());
    CHECK_FALSE(window.isRunning());
    // And nothing of the one that was killed comes later.
    auto const opened = window.runA();
    QTest::qWait(300);
    CHECK(window.runA() == opened);
    CHECK(window.said() == "Opened " + QString::fromStdString(record));
}

TEST_CASE("nothing is left beside a scenario whose window goes while it is simulated",
          "[gui][shell]") {
    tests::Scratch const folder;
    folder.file("long.yaml", cascadeWith("for: 40s", "for: 100000s"));
    QDir const dir(QString::fromStdString(folder.path().string()));
    auto const all = [&] { return dir.entryList(QDir::Files | QDir::Hidden); };
    qint64 child = 0;
    {
        WindowStand stand;
        REQUIRE(stand.window().open(dir.filePath("long.yaml")));
        REQUIRE(QTest::qWaitFor([&] { return stand.window().childId() != 0; }, 20'000));
        child = stand.window().childId();
        CHECK(all().size() == 2);
    }
    CHECK(all() == QStringList{"long.yaml"});
    CHECK(::kill(static_cast<pid_t>(child), 0) != 0);
}

TEST_CASE("a program that is not there is said, and is no run that died", "[gui][shell]") {
    tests::Scratch const folder;
    gui::MainWindow window("/nowhere/shakedown");
    QSignalSpy ended(&window, &gui::MainWindow::runEnded);
    REQUIRE(window.open(QString::fromStdString(folder.file("cascade.yaml", tests::cascade))));
    REQUIRE((ended.size() > 0 || ended.wait(20'000)));
    CHECK(window.said().startsWith("The simulation did not begin: "));
    CHECK(window.said().size() > 40);
}

TEST_CASE("a record that still grows is not explained before it ends", "[gui][shell]") {
    WindowStand stand;
    auto& window = stand.window();
    auto const whole = tests::recordOf(tests::cascade);
    auto const file = stand.folder().file("grows.ndjson", whole.substr(0, whole.size() / 2));
    REQUIRE(window.open(QString::fromStdString(file)));
    std::ofstream out(file, std::ios::app | std::ios::binary);
    out << whole.substr(whole.size() / 2, whole.size() / 4) << std::flush;
    REQUIRE(QTest::qWaitFor([&] { return window.runA() == window.followed().run(); }, 20'000));
    REQUIRE_FALSE(window.runA()->index().ended());
    CHECK_FALSE(window.why().isBusy());
    CHECK(window.why().toPlainText().contains("still"));
    out << whole.substr(whole.size() / 2 + whole.size() / 4) << std::flush;
    REQUIRE(QTest::qWaitFor([&] { return window.runA()->index().ended().has_value(); }, 20'000));
    CHECK(stand.why().contains("slow-one"));
}
