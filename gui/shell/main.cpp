#include <optional>
#include <string>

#include <CLI/CLI.hpp>
#include <QApplication>
#include <QFileInfo>
#include <QSettings>
#include <QTimer>

#include "gui/shell/main_window.hpp"
#include "scenarios/reading/quantity_grammar.hpp"

using namespace shakedown;

namespace {

struct Wish {
    std::string path;
    std::string beside;
    std::string at;
    std::string perspective = "explore";
    std::string screenshot;
    std::string size = "1440x900";
    bool isLight = false;
};

gui::Perspective perspectiveOf(std::string const& word) {
    return word == "compare" ? gui::Perspective::Compare
           : word == "live"  ? gui::Perspective::Live
           : word == "teach" ? gui::Perspective::Teach
                             : gui::Perspective::Explore;
}

QSize sizeOf(std::string const& text) {
    auto const x = text.find('x');
    int const width = std::atoi(text.c_str());
    int const height = x == std::string::npos ? 0 : std::atoi(text.c_str() + x + 1);
    return width >= 400 && height >= 300 ? QSize(width, height) : QSize(1440, 900);
}

// A picture of the window once the run is over; the exit code says whether it could be made.
void takePicture(gui::MainWindow& window, Wish const& wish, std::optional<Duration> at) {
    QTimer::singleShot(0, &window, [&window, wish, at] {
        if (at)
            window.setTime(SimTime::at(*at));
        QTimer::singleShot(60, &window, [&window, wish] {
            bool const isDone = window.grab().save(QString::fromStdString(wish.screenshot));
            if (!isDone)
                std::fprintf(stderr, "shakedown-gui: cannot write '%s'\n", wish.screenshot.c_str());
            QCoreApplication::exit(isDone ? 0 : 2);
        });
    });
}

} // namespace

int main(int argc, char** argv) {
    Wish wish;
    CLI::App app("The desktop app of Shakedown: a scenario, its cascade, and its other futures.",
                 "shakedown-gui");
    app.set_version_flag("--version", SHAKEDOWN_VERSION);
    app.add_option("SCENARIO|RUN", wish.path, "a scenario file, the folder of a run or its record");
    app.add_option("--beside", wish.beside, "another run, drawn as B");
    app.add_option("--at", wish.at, "the instant that is shown first (65s)");
    app.add_option("--perspective", wish.perspective, "explore, compare, live or teach")
        ->check(CLI::IsMember({"explore", "compare", "live", "teach"}));
    app.add_option("--screenshot", wish.screenshot,
                   "write a picture of the window once the run is over, and end");
    app.add_option("--size", wish.size, "of the window: 1440x900");
    app.add_flag("--light", wish.isLight, "light instead of dark");
    try {
        app.parse(argc, argv);
    } catch (CLI::ParseError const& e) {
        return app.exit(e) == 0 ? 0 : 2;
    }
    std::optional<Duration> at;
    if (!wish.at.empty()) {
        auto const read = reading::parseDuration(wish.at);
        if (!read) {
            std::fprintf(stderr, "shakedown-gui: --at: %s; write 65s or 1m\n",
                         read.errors().front().message.c_str());
            return 2;
        }
        at = read.value();
    }
    if (!wish.screenshot.empty() && qEnvironmentVariableIsEmpty("QT_QPA_PLATFORM"))
        qputenv("QT_QPA_PLATFORM", "offscreen");
    QApplication application(argc, argv);
    QApplication::setStyle("Fusion");
    QApplication::setApplicationName("shakedown-gui");
    gui::MainWindow window(QCoreApplication::applicationDirPath() + "/shakedown");
    window.resize(sizeOf(wish.size));
    if (wish.isLight)
        window.setScheme(gui::Scheme::Light);
    window.setPerspective(perspectiveOf(wish.perspective));
    window.show();
    bool const isOpen = wish.path.empty() || window.open(QString::fromStdString(wish.path));
    if (!wish.beside.empty())
        window.openBeside(QString::fromStdString(wish.beside));
    if (!wish.screenshot.empty()) {
        if (!isOpen) {
            std::fprintf(stderr, "shakedown-gui: %s\n", qPrintable(window.said()));
            return 2;
        }
        if (window.runA() || wish.path.empty())
            takePicture(window, wish, at);
        QObject::connect(&window, &gui::MainWindow::runEnded, &window,
                         [&] { takePicture(window, wish, at); });
    } else if (at) {
        QObject::connect(&window, &gui::MainWindow::runEnded, &window,
                         [&] { window.setTime(SimTime::at(*at)); });
        window.setTime(SimTime::at(*at));
    }
    return QApplication::exec();
}
