#include "gui/shell/main_window.hpp"

#include <algorithm>

#include <QApplication>
#include <QCloseEvent>
#include <QDockWidget>
#include <QFileInfo>
#include <QListWidget>
#include <QMenu>
#include <QProgressBar>
#include <QSettings>
#include <QStackedWidget>
#include <QStatusBar>
#include <QTabWidget>

#include "gui/theme/palette_of.hpp"

namespace shakedown::gui {

namespace {

constexpr int frameMs = 40;
constexpr double secondsBeforeCollapse = 6; // of a demo, as it is watched
constexpr double momentShare = 0.1;         // of a run that "Moment" shows around the cursor
constexpr double speeds[] = {0.1, 1, 10, 60};

} // namespace

MainWindow::MainWindow(QString program, std::unique_ptr<QSettings> store)
    : program_(std::move(program)), store_(std::move(store)), bench_(program_) {
    setWindowTitle("Shakedown");
    if (store_) {
        settings_.load(*store_);
        perspectives_.load(*store_);
    }
    makeDocks();
    makeLive();
    makeActions();
    makeToolbar();
    makeMenus();
    settleKeys();
    follow();
    followLook();
    followLive();
    playing_.setInterval(frameMs);
    connect(&playing_, &QTimer::timeout, this, &MainWindow::step);
    resize(1440, 900);
    definePerspectives();
    applySettings();
    showRuns();
}

// The panel looks at the document of the workbench, which goes before the widgets do.
MainWindow::~MainWindow() {
    delete live_;
}

void MainWindow::closeEvent(QCloseEvent* event) {
    if (!isClosing_ && !mayLeave())
        return event->ignore();
    isClosing_ = true;
    if (!live_->prepareToClose())
        return event->ignore(); // it closes once everything is taken back
    isClosing_ = false;
    if (store_) {
        settings_.save(*store_);
        perspectives_.save(*store_, !isWelcome_);
    }
    QMainWindow::closeEvent(event);
}

// What the workbench knows is shown.
void MainWindow::follow() {
    connect(&bench_, &Workbench::said, this, &MainWindow::say);
    connect(&bench_, &Workbench::opened, this, [this](QString const& name) {
        nameWindow(name);
        inspector_->forgetScenario();
        if (std::exchange(isWelcome_, false))
            perspectives_.change(perspectives_.now());
        middle_->setCurrentWidget(topology_);
    });
    connect(&document().undo(), &QUndoStack::cleanChanged, this,
            [this](bool isClean) { setWindowModified(!isClean); });
    connect(&bench_, &Workbench::runsChanged, this, &MainWindow::showRuns);
    connect(&bench_, &Workbench::grew, this, [this] {
        timeline_->refresh();
        charts_->refresh();
        requests_->refresh();
        showSpan();
    });
    connect(&bench_, &Workbench::timeChanged, this, [this](SimTime at) {
        timeline_->setTime(at);
        charts_->setTime(at);
        showSpan();
    });
    connect(&bench_, &Workbench::subjectChanged, this, [this](QString const& subject) {
        charts_->setSubject(subject);
        inspector_->setSubject(subject);
        requests_->setSubject(subject);
        ask();
    });
    connect(&bench_, &Workbench::stretchChanged, this, [this](std::optional<Stretch> stretch) {
        timeline_->setBrush(stretch);
        charts_->setStretch(stretch);
        requests_->setStretch(stretch);
        moments_->show(bench_.shown().get(), stretch);
        showSpan();
        ask();
    });
    connect(&bench_, &Workbench::progressed, this, [this](double share) {
        progress_->setVisible(share < 1);
        progress_->setValue(static_cast<int>(share * 100));
    });
    connect(&bench_, &Workbench::runEnded, this, [this] {
        if (playsFrom_ >= 0) {
            setTime(SimTime::at(Duration::fromSeconds(std::exchange(playsFrom_, -1))));
            play_->setChecked(true);
        }
        Q_EMIT runEnded();
    });
}

// What is done in a panel is done to the workbench.
void MainWindow::followLook() {
    auto const toTime = [this](SimTime at) { bench_.setTime(at); };
    connect(timeline_, &TimelineView::timeWanted, this, toTime);
    connect(charts_, &ChartsView::timeWanted, this, toTime);
    connect(why_, &WhyPanel::timeWanted, this, toTime);
    connect(moments_, &MomentsPanel::timeWanted, this, toTime);
    connect(requests_, &RequestsPanel::timeWanted, this, toTime);
    connect(timeline_, &TimelineView::brushed, &bench_, &Workbench::setStretch);
    connect(requests_, &RequestsPanel::subjectWanted, &bench_, &Workbench::setSubject);
    connect(topology_, &TopologyView::picked, this, &MainWindow::pick);
    connect(topology_, &TopologyView::menuWanted, this,
            [this](QString const& subject, QPoint global) { menuOf(subject)->exec(global); });
    connect(editor_, &EditorView::scenarioChanged, this,
            [this](std::shared_ptr<model::Scenario const> const& scenario) {
                bench_.setScenario(scenario);
                inspector_->setScenario(scenario);
                live_->setScenario(scenario);
            });
    connect(inspector_, &InspectorPanel::tried, &bench_, &Workbench::tryValue);
    connect(inspector_, &InspectorPanel::settled, &bench_, &Workbench::settle);
    connect(welcome_, &WelcomePage::demoWanted, this, &MainWindow::openDemo);
    connect(welcome_, &WelcomePage::openWanted, this, &MainWindow::chooseFile);
    connect(welcome_, &WelcomePage::fileWanted, this, &MainWindow::open);
}

void MainWindow::nameWindow(QString const& name) {
    // The mark of what is changed stands behind the name, not in it.
    setWindowTitle(QString(name).replace("[*]", "[*][*]") + "[*] - Shakedown");
}

// Whether what is open may be left: its changes are saved, or nobody wants them.
bool MainWindow::mayLeave() {
    if (!asks_ || !document().isChanged())
        return true;
    switch (asks_(QFileInfo(document().file()).fileName())) {
    case Unsaved::Save:
        save();
        return !document().isChanged();
    case Unsaved::Discard:
        return true;
    case Unsaved::Stay:
        break;
    }
    return false;
}

bool MainWindow::open(QString const& path) {
    if (!mayLeave())
        return false;
    play_->setChecked(false);
    followed_.leave();
    awaits_ = false;
    if (!bench_.open(path))
        return awaitRecord(path);
    followRecord(path);
    settings_.remember(QFileInfo(path).absoluteFilePath());
    welcome_->setRecent(settings_.recent);
    return true;
}

bool MainWindow::openBeside(QString const& path) {
    return bench_.openBeside(path);
}

void MainWindow::openDemo(int number) {
    if (number < 0 || static_cast<std::size_t>(number) >= demos().size())
        return;
    if (!mayLeave())
        return;
    auto const& demo = demos()[static_cast<std::size_t>(number)];
    play_->setChecked(false);
    speed_->setCurrentIndex(2);
    playsFrom_ = std::max(0.0, demo.secondsToCollapse - secondsBeforeCollapse * speeds[2] / 2);
    bench_.begin(demo.name, textOf(demo));
}

void MainWindow::say(QString const& sentence) {
    log_->addItem(sentence);
    log_->scrollToBottom();
    status_->setText(sentence.section('\n', 0, 0));
}

void MainWindow::showRuns() {
    auto const& shown = bench_.shown();
    topology_->setRun(shown);
    timeline_->setRun(shown);
    requests_->setRun(shown);
    moments_->show(shown.get(), bench_.stretch());
    expectations_->show(bench_.folder());
    inspector_->setRuns(bench_.a(), bench_.b());
    showsB_->setEnabled(bench_.b() != nullptr);
    QSignalBlocker const quiet(showsB_);
    showsB_->setChecked(bench_.side() == Side::B);
    sides_->setText(bench_.a() == nullptr ? QString()
                    : bench_.b() == nullptr
                        ? "A: " + bench_.nameOf(Side::A)
                        : (bench_.side() == Side::B ? "picture: B, " : "picture: A, ")
                              + bench_.nameOf(bench_.side()));
    showCharts();
    showModelError();
    timeline_->setTime(bench_.time());
    showSpan();
    ask();
}

void MainWindow::showCharts() {
    auto const scope = static_cast<ChartScope>(scope_->currentIndex());
    bool const isBoth = scope == ChartScope::Both;
    charts_->setRuns(isBoth ? bench_.a() : bench_.shown(), isBoth ? bench_.b() : nullptr);
    auto const& a = bench_.shown();
    charts_->setAround(scope == ChartScope::Moment && a && a->index().hasHeader()
                           ? std::optional(a->index().header().lasts * momentShare)
                           : std::nullopt);
}

void MainWindow::showSpan() {
    auto const& stretch = bench_.stretch();
    SimTime const from = stretch ? stretch->from : bench_.time();
    SimTime const to = stretch ? stretch->to : bench_.time();
    topology_->setSpan(from, to);
    inspector_->setSpan(from, to);
}

// Why, of what is looked at; of a run that is over, as one that grows has no answer yet.
void MainWindow::ask() {
    auto const& run = bench_.shown();
    if (!run || !run->index().hasHeader())
        return why_->say("Nothing has run yet.");
    if (!run->index().ended() && bench_.isRunning())
        return;
    if (isGrowing(run))
        return why_->say("This run still goes on: why it went so is told when it is over.");
    auto const& stretch = bench_.stretch();
    why_->explain(run, bench_.subject(), stretch ? stretch->from : SimTime(),
                  stretch ? stretch->to : SimTime::never());
}

void MainWindow::pick(QString const& subject) {
    if (scissors_->isChecked() && subject.contains(" -> ")) {
        scissors_->setChecked(false);
        addFault("black_hole", subject);
        return;
    }
    bench_.setSubject(subject);
}

void MainWindow::cut(bool on) {
    topology_->setCursor(on ? Qt::CrossCursor : Qt::ArrowCursor);
    if (on)
        say("Scissors: click a call to cut it at the present time, or press the key again");
}

void MainWindow::play(bool on) {
    play_->setText(on ? "Pause" : "Play");
    if (on && bench_.shown() && time() >= bench_.shown()->index().reach())
        setTime(SimTime());
    on ? playing_.start() : playing_.stop();
}

void MainWindow::step() {
    if (!bench_.shown())
        return;
    auto const speed = static_cast<std::size_t>(std::clamp(speed_->currentIndex(), 0, 3));
    SimTime const next = std::min(time() + Duration::milliseconds(frameMs) * speeds[speed],
                                  bench_.shown()->index().reach());
    setTime(next);
    if (next == bench_.shown()->index().reach())
        play_->setChecked(false);
}

void MainWindow::setPerspective(Perspective perspective) {
    // Agents can be looked at without a scenario.
    if (isWelcome_ && perspective == Perspective::Live)
        isWelcome_ = false;
    if (isWelcome_)
        perspectives_.choose(perspective);
    else
        perspectives_.change(perspective);
    applyScheme();
}

bool MainWindow::showPanel(QString const& name) {
    for (auto* tabs : {right_, details_})
        for (int i = 0; i < tabs->count(); ++i)
            if (tabs->tabText(i).compare(name, Qt::CaseInsensitive) == 0) {
                tabs->setCurrentIndex(i);
                return true;
            }
    return false;
}

void MainWindow::setScheme(Scheme scheme) {
    settings_.scheme = scheme;
    applyScheme();
}

void MainWindow::applySettings() {
    if (settings_.textSize > 0) {
        QFont font = QApplication::font();
        font.setPointSize(settings_.textSize);
        QApplication::setFont(font);
    }
    bench_.setRunsByItself(settings_.runsByItself);
    welcome_->setRecent(settings_.recent);
    applyScheme();
}

void MainWindow::applyScheme() {
    bool const isTeach = perspectives_.now() == Perspective::Teach;
    Scheme const scheme = isTeach ? Scheme::Light : settings_.scheme;
    QApplication::setPalette(paletteOf(Tokens::of(scheme)));
    topology_->setScheme(scheme);
    timeline_->setScheme(scheme);
    charts_->setScheme(scheme);
    editor_->setScheme(scheme);
    inspector_->setScheme(scheme);
    requests_->setScheme(scheme);
    welcome_->setScheme(scheme);
    live_->setScheme(scheme);
    modelError_->setScheme(scheme);
    stopButton_->setScheme(scheme);
}

} // namespace shakedown::gui
