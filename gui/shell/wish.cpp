#include "gui/shell/wish.hpp"

#include <algorithm>
#include <cstdio>
#include <memory>
#include <utility>

#include <CLI/CLI.hpp>
#include <QCoreApplication>
#include <QTimer>

#include "gui/shell/main_window.hpp"
#include "scenarios/reading/quantity_grammar.hpp"

namespace shakedown::gui {

namespace {

constexpr int settleMs = 60; // layouts and what is painted later
constexpr int usage = 2;
constexpr int narrowest = 400;
constexpr int lowest = 300;

// What the command line says, as it says it.
struct Words {
    std::string path;
    std::string beside;
    std::string at;
    std::string stretch;
    std::string subject;
    std::string panel;
    std::string change;
    std::string perspective = "explore";
    std::string screenshot;
    std::string size;
    int request = 0;
    bool isLight = false;
};

int refuse(std::string const& why) {
    std::fprintf(stderr, "shakedown-gui: %s\n", why.c_str());
    return usage;
}

std::optional<SimTime> timeOf(std::string const& text) {
    auto const read = reading::parseDuration(text);
    return read && !read.value().isNone() ? std::optional(SimTime::at(read.value())) : std::nullopt;
}

std::optional<Stretch> stretchOf(std::string const& text) {
    auto const dots = text.find("..");
    if (dots == std::string::npos)
        return std::nullopt;
    auto const from = timeOf(text.substr(0, dots));
    auto const to = timeOf(text.substr(dots + 2));
    return from && to && *from < *to ? std::optional(Stretch{*from, *to}) : std::nullopt;
}

std::optional<QSize> sizeOf(std::string const& text) {
    int width = 0;
    int height = 0;
    char rest = 0;
    bool const isSize = std::sscanf(text.c_str(), "%dx%d%c", &width, &height, &rest) == 2;
    return isSize && width >= narrowest && height >= lowest && width <= 16384 && height <= 16384
               ? std::optional(QSize(width, height))
               : std::nullopt;
}

std::variant<Wish, int> meant(Words const& words) {
    Wish wish;
    wish.path = QString::fromStdString(words.path);
    wish.beside = QString::fromStdString(words.beside);
    wish.subject = QString::fromStdString(words.subject);
    wish.panel = QString::fromStdString(words.panel);
    wish.screenshot = QString::fromStdString(words.screenshot);
    wish.isLight = words.isLight;
    for (auto const perspective : allPerspectives)
        if (words.perspective == wordOf(perspective))
            wish.perspective = perspective;
    if (words.request > 0)
        wish.request = words.request - 1;
    if (!words.at.empty() && !(wish.at = timeOf(words.at)))
        return refuse("--at takes a time such as 65s or 1m, not '" + words.at + "'");
    if (!words.stretch.empty() && !(wish.stretch = stretchOf(words.stretch)))
        return refuse("--stretch takes two times such as 60s..63s, not '" + words.stretch + "'");
    if (!words.size.empty()) {
        auto const size = sizeOf(words.size);
        if (!size)
            return refuse("--size takes 400x300 or more, not '" + words.size + "'");
        wish.size = *size;
    }
    if (!words.change.empty()) {
        auto const equals = words.change.find('=');
        if (equals == std::string::npos || equals == 0)
            return refuse("--change takes path=value, not '" + words.change + "'");
        wish.changePath = QString::fromStdString(words.change.substr(0, equals));
        wish.changeValue = QString::fromStdString(words.change.substr(equals + 1));
    }
    return wish;
}

void look(Wish const& wish, MainWindow& window) {
    if (!wish.subject.isEmpty())
        window.bench().setSubject(wish.subject);
    if (wish.stretch)
        window.bench().setStretch(wish.stretch);
    if (wish.at)
        window.setTime(*wish.at);
    if (!wish.panel.isEmpty())
        window.showPanel(wish.panel);
    if (wish.request)
        window.requests().selectRequest(*wish.request);
}

void takePicture(Wish const& wish, MainWindow& window) {
    auto* timer = new QTimer(&window);
    timer->setInterval(settleMs);
    QObject::connect(timer, &QTimer::timeout, &window, [wish, &window, timer] {
        if (window.why().isBusy())
            return;
        timer->stop();
        window.topology().restartDots();
        if (window.grab().save(wish.screenshot))
            return QCoreApplication::exit(0);
        QCoreApplication::exit(refuse("cannot write '" + wish.screenshot.toStdString() + "'"));
    });
    timer->start();
}

// What is wished, step by step: a run, a change and its run, a look, a picture.
class Fulfilment {
public:
    Fulfilment(Wish wish, MainWindow& window) : wish_(std::move(wish)), window_(window) {}

    // Whatever was waited for is there.
    void goOn() {
        bool const isRun = window_.runA() && window_.runA()->index().hasHeader();
        if (!isRun && !wish_.path.isEmpty())
            return refuse(window_.said());
        if (!wish_.changePath.isEmpty() && !std::exchange(isChanged_, true) && change())
            return;
        awaitsRun_ = false;
        look(wish_, window_);
        if (takes() && !std::exchange(isTaken_, true))
            takePicture(wish_, window_);
    }

    // A text with an error is not run, so nothing more would come.
    void refuseText() {
        if (!awaitsRun_)
            return;
        auto const& findings = window_.editor().findings();
        auto const error = std::find_if(findings.begin(), findings.end(), [](auto const& finding) {
            return finding.severity == Severity::Error;
        });
        if (error != findings.end())
            refuse("the scenario has an error in line " + QString::number(error->place.line) + ": "
                   + QString::fromStdString(error->message));
    }

    void refuse(QString const& why) {
        if (!takes() || std::exchange(isTaken_, true))
            return;
        int const code = shakedown::gui::refuse(why.toStdString());
        QTimer::singleShot(0, &window_, [code] { QCoreApplication::exit(code); });
    }

private:
    bool takes() const { return !wish_.screenshot.isEmpty(); }

    // False if nothing is to be waited for.
    bool change() {
        QString const before = window_.document().text();
        bool const isDone = window_.bench().settle(wish_.changePath, wish_.changeValue,
                                                   wish_.changePath + " = " + wish_.changeValue);
        if (!isDone)
            refuse(window_.said());
        awaitsRun_ = window_.document().text() != before;
        return awaitsRun_;
    }

    Wish wish_;
    MainWindow& window_;
    bool awaitsRun_ = true;
    bool isChanged_ = false;
    bool isTaken_ = false;
};

} // namespace

std::variant<Wish, int> wishOf(int argc, char** argv) {
    Words words;
    CLI::App app("The desktop app of Shakedown: a scenario, its cascade, and its other futures.",
                 "shakedown-gui");
    app.set_version_flag("--version", SHAKEDOWN_VERSION);
    app.add_option("SCENARIO|RUN", words.path,
                   "a scenario file, the folder of a run or its record; none: the welcome page");
    app.add_option("--beside", words.beside, "another run, drawn as B");
    app.add_option("--at", words.at, "the instant that is shown first (65s)");
    app.add_option("--stretch", words.stretch, "the stretch that is brushed (60s..63s)");
    app.add_option("--subject", words.subject, "the load, service or call that is looked at");
    app.add_option("--change", words.change,
                   "path=value: a second future once the run is over "
                   "(services.site.workers=80)");
    app.add_option("--panel", words.panel, "the panel that is in front")
        ->check(CLI::IsMember({"why", "inspector", "expectations", "requests", "moments", "log"}));
    app.add_option("--request", words.request, "the request of the table that is chosen, from 1")
        ->check(CLI::Range(1, 1'000'000));
    app.add_option("--perspective", words.perspective, "explore, compare, live or teach")
        ->check(CLI::IsMember({"explore", "compare", "live", "teach"}));
    app.add_option("--screenshot", words.screenshot,
                   "write a picture of the window (PNG) once the run is over, and end; needs no "
                   "display");
    app.add_option("--size", words.size, "of the window: 1440x900");
    app.add_flag("--light", words.isLight, "light instead of dark");
    try {
        app.parse(argc, argv);
    } catch (CLI::ParseError const& e) {
        return app.exit(e) == 0 ? 0 : usage;
    }
    return meant(words);
}

void fulfil(Wish const& wish, MainWindow& window) {
    window.resize(wish.size);
    if (wish.isLight)
        window.setScheme(Scheme::Light);
    window.setPerspective(wish.perspective);
    auto const fulfilment = std::make_shared<Fulfilment>(wish, window);
    QObject::connect(&window, &MainWindow::runEnded, &window, [fulfilment] { fulfilment->goOn(); });
    QObject::connect(&window.editor(), &EditorView::scenarioChanged, &window,
                     [fulfilment](std::shared_ptr<model::Scenario const> const& scenario) {
                         if (!scenario)
                             fulfilment->refuseText();
                     });
    bool const isOpen = wish.path.isEmpty() || window.open(wish.path);
    bool const isBeside = wish.beside.isEmpty() || window.openBeside(wish.beside);
    if (!isOpen || !isBeside)
        return fulfilment->refuse(window.said());
    if (window.runA() || wish.path.isEmpty())
        fulfilment->goOn();
}

} // namespace shakedown::gui
