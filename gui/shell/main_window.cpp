#include "gui/shell/main_window.hpp"

#include <algorithm>

#include <QAction>
#include <QApplication>
#include <QDockWidget>
#include <QFileDialog>
#include <QFileInfo>
#include <QHeaderView>
#include <QListWidget>
#include <QMenu>
#include <QMenuBar>
#include <QPalette>
#include <QStatusBar>
#include <QTabWidget>
#include <QTableWidget>
#include <QToolBar>

#include "gui/shell/fault_lines.hpp"
#include "reports/render/quantity.hpp"

namespace shakedown::gui {

namespace {

constexpr int frameMs = 40;
constexpr int rerunAfterMs = 250;

QString spanText(Duration span) {
    return QString::fromStdString(render::spanText(span.inSeconds()));
}

bool isRun(QString const& path) {
    QFileInfo const info(path);
    return info.isDir() || info.suffix() == "ndjson";
}

} // namespace

MainWindow::MainWindow(QString program) : program_(std::move(program)), simulation_(program_) {
    setWindowTitle("Shakedown");
    topology_ = new TopologyView;
    timeline_ = new TimelineView;
    charts_ = new ChartsView;
    editor_ = new EditorView(document_);
    why_ = new WhyPanel;
    log_ = new QListWidget;
    expectations_ = new QTableWidget(0, 3);
    requests_ = new RequestsPanel;
    status_ = new QLabel;
    setCentralWidget(topology_);
    makeDocks();
    makeActions();
    statusBar()->addPermanentWidget(status_, 1);
    playing_.setInterval(frameMs);
    rerun_.setInterval(rerunAfterMs);
    rerun_.setSingleShot(true);
    connect(&playing_, &QTimer::timeout, this, &MainWindow::step);
    connect(&rerun_, &QTimer::timeout, this, &MainWindow::run);
    connect(&simulation_, &Simulation::grew, this, &MainWindow::grow);
    connect(&simulation_, &Simulation::ended, this, &MainWindow::finish);
    connect(topology_, &TopologyView::picked, this, &MainWindow::pick);
    connect(topology_, &TopologyView::menuWanted, this, &MainWindow::menuFor);
    connect(timeline_, &TimelineView::timeWanted, this, &MainWindow::setTime);
    connect(charts_, &ChartsView::timeWanted, this, &MainWindow::setTime);
    connect(why_, &WhyPanel::timeWanted, this, &MainWindow::setTime);
    connect(timeline_, &TimelineView::brushed, this, [this](std::optional<Stretch> stretch) {
        auto const pair =
            stretch ? std::optional(std::pair(stretch->from, stretch->to)) : std::nullopt;
        charts_->setStretch(pair);
        requests_->setStretch(pair);
    });
    connect(editor_, &EditorView::scenarioChanged, this,
            [this](std::shared_ptr<model::Scenario const> scenario) {
                bool const isNew =
                    scenario && (!scenario_ || scenario_->digest != scenario->digest);
                scenario_ = std::move(scenario);
                if (isNew)
                    rerun_.start(isFirst_ ? 0 : rerunAfterMs);
            });
    applyScheme();
    resize(1440, 900);
    resizeDocks({scenarioDock_, whyDock_}, {330, 330}, Qt::Horizontal);
    resizeDocks({timelineDock_, chartsDock_}, {190, 240}, Qt::Vertical);
}

MainWindow::~MainWindow() = default;

void MainWindow::makeDocks() {
    setDockNestingEnabled(true);
    setCorner(Qt::BottomLeftCorner, Qt::LeftDockWidgetArea);
    setCorner(Qt::BottomRightCorner, Qt::RightDockWidgetArea);
    auto const dock = [this](QString const& title, QWidget* widget, Qt::DockWidgetArea area) {
        auto* made = new QDockWidget(title);
        made->setObjectName(title);
        made->setWidget(widget);
        addDockWidget(area, made);
        return made;
    };
    scenarioDock_ = dock("Scenario", editor_, Qt::LeftDockWidgetArea);
    whyDock_ = dock("Why", why_, Qt::RightDockWidgetArea);
    timelineDock_ = dock("Timeline", timeline_, Qt::BottomDockWidgetArea);
    chartsDock_ = dock("Charts", charts_, Qt::BottomDockWidgetArea);
    splitDockWidget(timelineDock_, chartsDock_, Qt::Vertical);
    auto* tabs = new QTabWidget;
    expectations_->setHorizontalHeaderLabels({"", "expectation", "measured"});
    expectations_->setEditTriggers(QAbstractItemView::NoEditTriggers);
    expectations_->setSelectionBehavior(QAbstractItemView::SelectRows);
    expectations_->verticalHeader()->hide();
    expectations_->horizontalHeader()->setStretchLastSection(true);
    connect(requests_, &RequestsPanel::timeWanted, this, &MainWindow::setTime);
    connect(requests_, &RequestsPanel::subjectWanted, this, &MainWindow::pick);
    tabs->addTab(expectations_, "Expectations");
    tabs->addTab(requests_, "Requests");
    tabs->addTab(log_, "Log");
    detailDock_ = dock("Details", tabs, Qt::RightDockWidgetArea);
    splitDockWidget(whyDock_, detailDock_, Qt::Vertical);
}

QAction* MainWindow::action(QString const& text, QKeySequence const& key,
                            std::function<void()> does) {
    auto* made = new QAction(text, this);
    made->setShortcut(key);
    made->setToolTip(key.isEmpty() ? text
                                   : text + " (" + key.toString(QKeySequence::NativeText) + ")");
    connect(made, &QAction::triggered, this, std::move(does));
    addAction(made);
    return made;
}

void MainWindow::makeActions() {
    auto* bar = addToolBar("Run");
    bar->setObjectName("Run");
    play_ = new QAction("Play", this);
    play_->setCheckable(true);
    play_->setShortcut(Qt::Key_Space);
    play_->setToolTip("Play (Space)");
    connect(play_, &QAction::toggled, this, &MainWindow::play);
    addAction(play_);
    bar->addAction(play_);
    bar->addAction(action("Previous", Qt::CTRL | Qt::Key_Left, [this] {
        if (auto const turn = a_ ? a_->index().previous(at_) : std::nullopt)
            setTime(turn->at);
    }));
    bar->addAction(action("Next", Qt::CTRL | Qt::Key_Right, [this] {
        if (auto const turn = a_ ? a_->index().next(at_) : std::nullopt)
            setTime(turn->at);
    }));
    speed_ = new QComboBox;
    speed_->setAccessibleName("Speed");
    for (auto const* text : {"x0.1", "x1", "x10", "x60"})
        speed_->addItem(text);
    speed_->setCurrentIndex(2);
    bar->addWidget(speed_);
    bar->addSeparator();
    bar->addAction(action("Run again", QKeySequence(Qt::CTRL | Qt::Key_R), [this] { run(); }));
    bar->addAction(action("Why?", QKeySequence(Qt::CTRL | Qt::Key_W), [this] {
        if (a_)
            why_->explain(*a_, picked_);
    }));
    auto* file = menuBar()->addMenu("&File");
    file->addAction(action("&Open scenario or run...", QKeySequence::Open, [this] {
        auto const path = QFileDialog::getOpenFileName(
            this, "Open", {}, "Scenarios and records (*.yaml *.yml *.ndjson)");
        if (!path.isEmpty())
            open(path);
    }));
    file->addAction(action("Open a run &beside...", QKeySequence(Qt::CTRL | Qt::Key_B), [this] {
        auto const path =
            QFileDialog::getOpenFileName(this, "Open beside", {}, "Records (*.ndjson)");
        if (!path.isEmpty())
            openBeside(path);
    }));
    file->addAction(action("&Save", QKeySequence::Save, [this] {
        if (auto const why = document_.saveAs(document_.file()))
            say(*why);
    }));
    file->addAction(action("Save &as...", QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_S), [this] {
        auto const path = QFileDialog::getSaveFileName(this, "Save as", document_.file());
        if (path.isEmpty())
            return;
        if (auto const why = document_.saveAs(path))
            say(*why);
    }));
    file->addAction(action("&Quit", QKeySequence(Qt::CTRL | Qt::Key_Q), [this] { close(); }));
    auto* edit = menuBar()->addMenu("&Edit");
    edit->addAction(action("&Undo", QKeySequence::Undo, [this] { document_.undo().undo(); }));
    edit->addAction(action("&Redo", QKeySequence::Redo, [this] { document_.undo().redo(); }));
    auto* view = menuBar()->addMenu("&View");
    int key = Qt::Key_1;
    for (auto const& [name, perspective] :
         {std::pair{"&Explore", Perspective::Explore}, std::pair{"&Compare", Perspective::Compare},
          std::pair{"&Live", Perspective::Live}, std::pair{"&Teach", Perspective::Teach}})
        view->addAction(action(name, QKeySequence(Qt::CTRL | static_cast<Qt::Key>(key++)),
                               [this, which = perspective] { setPerspective(which); }));
    view->addSeparator();
    view->addAction(action("&Dark or light", QKeySequence(Qt::CTRL | Qt::Key_D), [this] {
        setScheme(scheme_ == Scheme::Dark ? Scheme::Light : Scheme::Dark);
    }));
}

void MainWindow::say(QString const& sentence) {
    log_->addItem(sentence);
    log_->scrollToBottom();
    status_->setText(sentence.section('\n', 0, 0));
}

QString MainWindow::said() const {
    return status_->text();
}

bool MainWindow::open(QString const& path) {
    isFirst_ = true;
    followsEnd_ = true;
    before_.reset();
    b_.reset();
    if (isRun(path)) {
        auto loaded = loadRun(path.toStdString());
        if (!loaded) {
            auto const& error = loaded.errors().front();
            say(QString::fromStdString(error.message + "; " + error.hint));
            return false;
        }
        a_ = std::shared_ptr<Run>(std::move(loaded).value());
        QFileInfo const scenario(QFileInfo(path).isDir()
                                     ? path + "/scenario.yaml"
                                     : QFileInfo(path).path() + "/scenario.yaml");
        isFirst_ = false;
        showRuns();
        follow();
        if (!a_->error().empty())
            say("The record is broken: " + QString::fromStdString(a_->error())
                + "; what came before is shown");
        else if (a_->isCut())
            say("The record is cut short at " + spanText(a_->index().reach().sinceStart())
                + "; what there is is shown");
        else
            say("Opened " + path);
        setWindowTitle(QString::fromStdString(a_->index().header().scenario) + " - Shakedown");
        if (scenario.exists()) {
            QSignalBlocker const quiet(editor_); // shown, not run again
            document_.open(scenario.filePath());
        }
        return true;
    }
    if (auto const why = document_.open(path)) {
        say(*why);
        return false;
    }
    setWindowTitle(QFileInfo(path).fileName() + " - Shakedown");
    return true;
}

bool MainWindow::openBeside(QString const& path) {
    auto loaded = loadRun(path.toStdString());
    if (!loaded) {
        say(QString::fromStdString(loaded.errors().front().message));
        return false;
    }
    b_ = std::shared_ptr<Run>(std::move(loaded).value());
    showRuns();
    say("Beside it (B): " + path);
    return true;
}

void MainWindow::run() {
    if (!scenario_) {
        say("The scenario has errors; see Problems");
        return;
    }
    before_ = a_ && a_->index().ended() ? a_ : before_;
    simulation_.start(document_.text(), document_.file());
    a_ = simulation_.run();
    status_->setText("running...");
    showRuns();
}

void MainWindow::showRuns() {
    topology_->setRun(a_);
    timeline_->setRun(a_);
    charts_->setRuns(a_, b_);
    requests_->setRun(a_);
    setTime(at_);
}

void MainWindow::grow() {
    timeline_->refresh();
    charts_->refresh();
    requests_->refresh();
    if (followsEnd_ && isFirst_ && a_)
        setTime(a_->index().reach());
    else
        setTime(at_);
}

// To the first moment that hurts, else the end of the run.
void MainWindow::follow() {
    if (!a_ || !a_->index().hasHeader())
        return;
    auto const& turns = a_->index().turningPoints();
    auto const hurt = std::find_if(turns.begin(), turns.end(), [](TurningPoint const& turn) {
        return !turn.what.ends_with(": begins") && !turn.what.ends_with(": ends");
    });
    if (hurt != turns.end())
        setTime(hurt->at + Duration::seconds(1));
    else
        setTime(a_->index().reach());
}

void MainWindow::finish(int code, QString const& said) {
    if (!said.isEmpty())
        log_->addItem(said.trimmed());
    if (code == -1) {
        say("The simulation died; what it wrote until then is shown");
    } else if (!a_ || !a_->index().hasHeader()) {
        say("The simulation did not begin: " + said.section('\n', 0, 0));
    } else {
        auto const& ended = a_->index().ended();
        say(QString("%1 events%2")
                .arg(ended ? QString::fromStdString(render::countText(ended->events)) : "?")
                .arg(code == 0   ? ", all expectations met"
                     : code == 1 ? ", an expectation failed"
                     : code == 4 ? ", nothing was checked"
                                 : QString(", exit code %1").arg(code)));
    }
    b_ = before_;
    showRuns();
    fillExpectations();
    if (isFirst_)
        follow();
    isFirst_ = false;
    if (a_ && a_->index().hasHeader())
        why_->explain(*a_, picked_);
    Q_EMIT runEnded();
}

void MainWindow::setTime(SimTime at) {
    at_ = at;
    topology_->setTime(at);
    timeline_->setTime(at);
    charts_->setTime(at);
}

void MainWindow::pick(QString const& subject) {
    picked_ = subject;
    charts_->setSubject(subject);
    if (a_ && a_->index().hasHeader())
        why_->explain(*a_, subject);
    requests_->setSubject(subject);
}

void MainWindow::play(bool on) {
    play_->setText(on ? "Pause" : "Play");
    if (on && a_ && at_ >= a_->index().reach())
        setTime(SimTime());
    on ? playing_.start() : playing_.stop();
}

void MainWindow::step() {
    if (!a_)
        return;
    double const speeds[] = {0.1, 1, 10, 60};
    Duration const passed =
        Duration::milliseconds(frameMs) * speeds[std::clamp(speed_->currentIndex(), 0, 3)];
    SimTime const next = std::min(at_ + passed, a_->index().reach());
    setTime(next);
    if (next == a_->index().reach())
        play_->setChecked(false);
}

void MainWindow::menuFor(QString const& subject, QPoint global) {
    QMenu menu;
    menu.addAction("Why is " + subject + " like this?", this, [this, subject] { pick(subject); });
    menu.addSeparator();
    for (auto const& verb : verbsFor(subject))
        menu.addAction(verb, this, [this, verb, subject] { addFault(verb, subject); });
    menu.exec(global);
}

void MainWindow::addFault(QString const& verb, QString const& subject) {
    QString const line = faultLine(verb, subject, at_);
    if (auto const why = document_.add("faults", line, verb + " of " + subject))
        say(*why);
    else
        say("Added to faults: " + line);
}

void MainWindow::fillExpectations() {
    expectations_->setRowCount(0);
    auto const rows = judgementsIn(simulation_.folder());
    for (auto const& row : rows) {
        int const i = expectations_->rowCount();
        expectations_->insertRow(i);
        expectations_->setItem(i, 0, new QTableWidgetItem(row.verdict));
        expectations_->setItem(i, 1, new QTableWidgetItem(row.text));
        expectations_->setItem(i, 2, new QTableWidgetItem(row.measured));
    }
    expectations_->resizeColumnsToContents();
}

void MainWindow::setPerspective(Perspective perspective) {
    bool const isTeach = perspective == Perspective::Teach;
    scenarioDock_->setVisible(perspective == Perspective::Explore || isTeach);
    whyDock_->setVisible(perspective != Perspective::Compare);
    chartsDock_->setVisible(!isTeach);
    detailDock_->setVisible(perspective != Perspective::Compare && !isTeach);
    timelineDock_->setVisible(true);
    setScheme(isTeach ? Scheme::Light : scheme_);
}

void MainWindow::setScheme(Scheme scheme) {
    scheme_ = scheme;
    applyScheme();
}

void MainWindow::applyScheme() {
    auto const& tokens = Tokens::of(scheme_);
    QPalette palette;
    palette.setColor(QPalette::Window, tokens.panel);
    palette.setColor(QPalette::WindowText, tokens.text);
    palette.setColor(QPalette::Base, tokens.ground);
    palette.setColor(QPalette::AlternateBase, tokens.panel);
    palette.setColor(QPalette::Text, tokens.text);
    palette.setColor(QPalette::Button, tokens.raised);
    palette.setColor(QPalette::ButtonText, tokens.text);
    palette.setColor(QPalette::Highlight, tokens.accent);
    palette.setColor(QPalette::HighlightedText, tokens.ground);
    palette.setColor(QPalette::ToolTipBase, tokens.raised);
    palette.setColor(QPalette::ToolTipText, tokens.text);
    palette.setColor(QPalette::Link, tokens.accent);
    palette.setColor(QPalette::PlaceholderText, tokens.muted);
    palette.setColor(QPalette::Mid, tokens.line);
    palette.setColor(QPalette::Dark, tokens.line);
    palette.setColor(QPalette::Light, tokens.line);
    QApplication::setPalette(palette);
    topology_->setScheme(scheme_);
    timeline_->setScheme(scheme_);
    charts_->setScheme(scheme_);
    requests_->setScheme(scheme_);
    editor_->setScheme(scheme_);
}

} // namespace shakedown::gui
