#include "tests/gui/shell/window_stand.hpp"

#include <QProcess>

using namespace shakedown;

// The program with --screenshot always comes to an end, and says why there is no picture.
namespace {

struct Ending {
    int code = -1;
    QString said;
    bool isPicture = false;
};

Ending picture(tests::Scratch const& folder, QStringList const& words) {
    auto const file = QString::fromStdString((folder / "picture.png").string());
    QFile::remove(file);
    QProcess program;
    program.start(
        QString::fromStdString((tests::binary().parent_path() / "shakedown-gui").string()),
        words + QStringList{"--size", "800x600", "--screenshot", file});
    bool const isOver = program.waitForFinished(30'000);
    if (!isOver)
        program.kill();
    return {isOver ? program.exitCode() : -1, QString::fromUtf8(program.readAllStandardError()),
            !QImage(file).isNull()};
}

} // namespace

TEST_CASE("a scenario with an error gives no picture, and its first error", "[gui][shell]") {
    tests::Scratch const folder;
    auto const file = QString::fromStdString(folder.file(
        "a.yaml",
        QString::fromUtf8(tests::cascade).replace("workers: 8", "wrkers: 8").toStdString()));
    auto const ending = picture(folder, {file});
    INFO(ending.said.toStdString());
    CHECK(ending.code == 2);
    CHECK(ending.said.contains("shakedown-gui: the scenario has an error in line 6"));
    CHECK_FALSE(ending.isPicture);
}

TEST_CASE("a change that cannot be, or that is none, is said or shown as it is", "[gui][shell]") {
    tests::Scratch const folder;
    auto const file = QString::fromStdString(folder.file("a.yaml", tests::cascade));
    for (auto const* change : {"services.autos.workers=many", "services.autos.nothing=3"}) {
        auto const ending = picture(folder, {file, "--change", change});
        INFO(change << ": " << ending.said.toStdString());
        CHECK(ending.code == 2);
        CHECK(ending.said.contains("shakedown-gui: "));
        CHECK_FALSE(ending.isPicture);
    }
    auto const same = picture(folder, {file, "--change", "services.autos.workers=8"});
    CHECK(same.code == 0);
    CHECK(same.isPicture);
}

TEST_CASE("a run that is opened may be changed too, if it has its scenario", "[gui][shell]") {
    tests::Scratch const folder;
    std::filesystem::create_directories(folder / "run");
    folder.file("run/record.ndjson", tests::recordOf(tests::cascade));
    QStringList const words = {QString::fromStdString((folder / "run").string()), "--change",
                               "services.autos.workers=16"};
    auto const without = picture(folder, words);
    INFO(without.said.toStdString());
    CHECK(without.code == 2);
    CHECK(without.said.contains("scenario"));
    folder.file("run/scenario.yaml", tests::cascade);
    CHECK(picture(folder, words).isPicture);
}
