#include "tests/gui/shell/window_stand.hpp"

#include <QCheckBox>
#include <QComboBox>
#include <QDockWidget>
#include <QMenuBar>
#include <QProcess>
#include <QPushButton>
#include <QSpinBox>

#include "gui/shell/exporting.hpp"

using namespace shakedown;
using tests::at;
using tests::WindowStand;

TEST_CASE("glyphs are drawn, not boxes", "[gui][shell]") {
    QFontMetricsF const metrics(QApplication::font());
    CHECK(metrics.inFont('a'));
    CHECK(metrics.inFont(QChar(0x2014)));
    CHECK(metrics.horizontalAdvance("iiii") != metrics.horizontalAdvance("mmmm"));
}

TEST_CASE("every action has a key, and the window fits a small screen", "[gui][shell]") {
    WindowStand stand;
    auto& window = stand.window();
    QSet<QKeySequence> keys;
    for (auto const* action : window.commands().all()) {
        INFO(action->text().toStdString());
        CHECK_FALSE(action->shortcut().isEmpty());
        CHECK_FALSE(keys.contains(action->shortcut()));
        keys.insert(action->shortcut());
    }
    CHECK(keys.size() >= 25);
    auto const stop = window.live().stopAll().action()->shortcut();
    CHECK_FALSE(stop.isEmpty());
    CHECK_FALSE(keys.contains(stop));
    keys.insert(stop);
    // What is in a menu is one of them.
    for (auto const* action : window.menuBar()->actions())
        for (auto const* entry : action->menu()->actions())
            if (!entry->isSeparator())
                CHECK(keys.contains(entry->shortcut()));
    CHECK(window.minimumSizeHint().width() <= 1280);
    CHECK(window.minimumSizeHint().height() <= 800);
    stand.openCascade();
    window.resize(1280, 800);
    for (auto const which : gui::allPerspectives) {
        window.setPerspective(which);
        QApplication::processEvents();
        CHECK(window.width() == 1280);
        CHECK(window.height() == 800);
        CHECK(window.topology().width() >= 400);
        CHECK(window.topology().height() >= 200);
        CHECK(window.timeline().height() >= 80); // three lanes
    }
}

TEST_CASE("typed letters find what begins with them first", "[gui][shell]") {
    CHECK(gui::matchOf("", "anything") == 0);
    CHECK(gui::matchOf("xyz", "Run again") < 0);
    CHECK(gui::matchOf("ra", "Run again") > gui::matchOf("ra", "Drain"));
    CHECK(gui::matchOf("hang autos", "Hang: autos")
          > gui::matchOf("hang autos", "Change autumn costs"));
    std::vector<gui::Choice> const choices = {{"Drain", "", {}}, {"Run again", "", {}}};
    CHECK(gui::bestOf(choices, "ra", 9) == std::vector<std::size_t>{1, 0});
    CHECK(gui::bestOf(choices, "", 1) == std::vector<std::size_t>{0});
    CHECK(gui::bestOf(choices, "q", 9).empty());
}

TEST_CASE("the palette does what is chosen: a command, a fault, a time", "[gui][shell]") {
    WindowStand stand;
    stand.openCascade();
    auto& window = stand.window();
    window.setTime(at(3));
    auto const type = [&](char const* words) {
        window.activateWindow();
        REQUIRE(QTest::qWaitForWindowActive(&window));
        QTest::keyClick(&window, Qt::Key_K, Qt::ControlModifier);
        auto* palette = window.findChild<gui::Palette*>();
        REQUIRE(palette != nullptr);
        QTest::keyClicks(&palette->line(), words);
        REQUIRE(palette->list().count() > 0);
        QTest::keyClick(&palette->line(), Qt::Key_Return);
        QTest::qWait(1); // it goes
        REQUIRE(QTest::qWaitFor([&] { return window.findChild<gui::Palette*>() == nullptr; }));
    };
    type("14.5s");
    CHECK(window.time() == at(14.5));
    type("look at autos");
    CHECK(window.bench().subject() == "autos");
    REQUIRE(stand.runsAfter([&] { type("hang: autos"); }));
    CHECK(window.document().text().contains("hang: { service: \"autos\" }"));
    CHECK(window.document().text().contains("at: 14.5s"));
    type("dark or light");
    CHECK(window.scheme() == gui::Scheme::Light);
    // Nothing that matches: Enter does nothing.
    window.activateWindow();
    REQUIRE(QTest::qWaitForWindowActive(&window));
    QTest::keyClick(&window, Qt::Key_K, Qt::ControlModifier);
    auto* palette = window.findChild<gui::Palette*>();
    REQUIRE(palette != nullptr);
    QTest::keyClicks(&palette->line(), "qqqq");
    QTest::keyClick(&palette->line(), Qt::Key_Return);
    CHECK(palette->isVisible());
    QTest::keyClick(&palette->line(), Qt::Key_Escape);
}

TEST_CASE("a perspective is found as it was left, and put back as it was at first",
          "[gui][shell]") {
    WindowStand stand;
    stand.openCascade();
    auto& window = stand.window();
    auto const dock = [&](char const* name) {
        auto* found = window.findChild<QDockWidget*>(name);
        REQUIRE(found != nullptr);
        return found;
    };
    CHECK(dock("Scenario")->isVisible());
    QTest::keyClick(&window, Qt::Key_2, Qt::ControlModifier);
    CHECK_FALSE(dock("Scenario")->isVisible());
    CHECK(dock("Charts")->isVisible());
    dock("Scenario")->show();
    QTest::keyClick(&window, Qt::Key_4, Qt::ControlModifier);
    CHECK_FALSE(dock("Charts")->isVisible());
    QTest::keyClick(&window, Qt::Key_2, Qt::ControlModifier);
    CHECK(dock("Scenario")->isVisible());
    stand.trigger("Docks as at first");
    CHECK_FALSE(dock("Scenario")->isVisible());
}

TEST_CASE("settings are kept from one start to the next", "[gui][shell]") {
    tests::Scratch const folder;
    auto const store = [&] {
        return std::make_unique<QSettings>(QString::fromStdString((folder / "gui.ini").string()),
                                           QSettings::IniFormat);
    };
    auto const program = QString::fromStdString(tests::binary().string());
    auto const file = folder.file("cascade.yaml", tests::cascade);
    {
        gui::MainWindow window(program, store());
        window.show();
        REQUIRE(window.open(QString::fromStdString(file)));
        window.setScheme(gui::Scheme::Light);
        window.close();
    }
    gui::MainWindow window(program, store());
    CHECK(window.scheme() == gui::Scheme::Light);
    QSignalSpy opened(&window.bench(), &gui::Workbench::opened);
    auto const buttons = window.welcome().findChildren<QPushButton*>();
    auto const recent = std::find_if(buttons.begin(), buttons.end(), [](QPushButton const* button) {
        return button->text() == "cascade.yaml";
    });
    REQUIRE(recent != buttons.end());
    QTest::mouseClick(*recent, Qt::LeftButton);
    CHECK(opened.size() == 1);
    // What makes no sense in the file is as if it were not there.
    QSettings broken(QString::fromStdString((folder / "broken.ini").string()),
                     QSettings::IniFormat);
    broken.setValue("text_size", "-3");
    broken.setValue("scheme", "plaid");
    broken.setValue("layout_explore", "nonsense");
    gui::Settings settings;
    settings.load(broken);
    CHECK(settings.textSize == 0);
    CHECK(settings.scheme == gui::Scheme::Dark);
}

TEST_CASE("the settings dialog changes what it says", "[gui][shell]") {
    gui::Settings before;
    before.recent = {"a"};
    gui::SettingsDialog dialog(before);
    CHECK(dialog.chosen().textSize == 0);
    dialog.findChild<QCheckBox*>()->setChecked(false);
    dialog.findChild<QSpinBox*>()->setValue(14);
    dialog.findChild<QComboBox*>()->setCurrentIndex(1);
    auto const after = dialog.chosen();
    CHECK_FALSE(after.runsByItself);
    CHECK(after.textSize == 14);
    CHECK(after.scheme == gui::Scheme::Light);
    CHECK(after.recent == before.recent);
}

TEST_CASE("what is open is exported as picture, drawing, report and scenario", "[gui][shell]") {
    WindowStand stand;
    stand.openCascade();
    auto& window = stand.window();
    auto const path = [&](char const* name) {
        return QString::fromStdString((stand.folder() / name).string());
    };
    auto const exported = [&](QString const& file) {
        return gui::exportTo(file, window.bench(), window);
    };
    CHECK_FALSE(exported(path("a.png")));
    CHECK(QImage(path("a.png")).size() == window.size() * window.devicePixelRatioF());
    CHECK_FALSE(exported(path("a.svg")));
    CHECK(tests::contentOf(stand.folder() / "a.svg").find("<svg") != std::string::npos);
    CHECK_FALSE(exported(path("a.html")));
    CHECK(tests::contentOf(stand.folder() / "a.html").find("slow-one") != std::string::npos);
    CHECK_FALSE(exported(path("a.yaml")));
    CHECK(tests::contentOf(stand.folder() / "a.yaml") == tests::cascade);
    CHECK(exported(path("a.doc")).value_or("").contains("must end with .png"));
    CHECK(exported("/nowhere/a.png").value_or("").contains("cannot write"));
    CHECK(exported("/nowhere/a.svg").value_or("").contains("cannot write"));
    CHECK(exported("/nowhere/a.yaml").value_or("").contains("cannot write"));
    WindowStand empty;
    CHECK(gui::exportTo(path("b.html"), empty.window().bench(), empty.window())
              .value_or("")
              .contains("no report"));
}

TEST_CASE("each demo of the welcome page collapses within ten seconds of play", "[gui][shell]") {
    REQUIRE(gui::demos().size() == 3);
    for (std::size_t i = 0; i < gui::demos().size(); ++i) {
        INFO(gui::demos()[i].name.toStdString());
        WindowStand stand;
        auto& window = stand.window();
        REQUIRE(stand.runsAfter(
            [&] { QTest::mouseClick(window.welcome().buttons()[i], Qt::LeftButton); }));
        CHECK(window.said().contains("events"));
        auto const& index = window.runA()->index();
        auto const isWell = [&](SimTime when) {
            for (auto const& load : index.stateAt(when).loads)
                if (load.health == gui::Health::Failing)
                    return false;
            return true;
        };
        REQUIRE(window.commands().named("Pause")); // it plays
        stand.trigger("Pause");
        CHECK(isWell(window.time()));
        auto const at = window.time();
        bool collapses = false; // at ten times the speed
        for (int second = 1; second <= 100 && !collapses; ++second)
            collapses = !isWell(at + Duration::seconds(second));
        CHECK(collapses);
    }
}

TEST_CASE("the same program draws the same picture", "[gui][shell]") {
    tests::Scratch const folder;
    auto const file = QString::fromStdString(folder.file("cascade.yaml", tests::cascade));
    QStringList pictures;
    for (auto const* name : {"one.png", "two.png"}) {
        pictures.push_back(QString::fromStdString((folder / name).string()));
        QProcess program;
        program.start(
            QString::fromStdString((tests::binary().parent_path() / "shakedown-gui").string()),
            {file, "--at", "14s", "--subject", "site -> autos", "--panel", "inspector", "--change",
             "services.autos.workers=20", "--screenshot", pictures.back()});
        REQUIRE(program.waitForFinished(60'000));
        CHECK(program.exitCode() == 0);
    }
    QImage const one(pictures[0]);
    REQUIRE_FALSE(one.isNull());
    CHECK(one == QImage(pictures[1]));
}

TEST_CASE("at scale 2 everything is drawn twice as fine", "[gui][shell]") {
    tests::Scratch const folder;
    auto const file = folder.file("cascade.yaml", tests::cascade);
    auto const picture = QString::fromStdString((folder / "picture.png").string());
    QProcess program;
    auto environment = QProcessEnvironment::systemEnvironment();
    environment.insert("QT_SCALE_FACTOR", "2");
    program.setProcessEnvironment(environment);
    program.start(
        QString::fromStdString((tests::binary().parent_path() / "shakedown-gui").string()),
        {QString::fromStdString(file), "--size", "1280x800", "--screenshot", picture});
    REQUIRE(program.waitForFinished(60'000));
    INFO(program.readAllStandardError().toStdString());
    CHECK(program.exitCode() == 0);
    CHECK(QImage(picture).size() == QSize(2560, 1600));
}

TEST_CASE("the page of the app names every command and its key", "[gui][shell]") {
    WindowStand stand;
    auto const page = QString::fromStdString(
        tests::contentOf(tests::sourceDir() / "docs" / "reference" / "desktop.md"));
    auto actions = stand.window().commands().all();
    actions.push_back(stand.window().live().stopAll().action());
    for (auto const* action : actions) {
        auto const row = "| " + action->text() + " | "
                         + action->shortcut().toString(QKeySequence::NativeText) + " |";
        INFO(row.toStdString());
        CHECK(page.contains(row));
    }
}
