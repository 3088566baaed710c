#include "gui/session/workbench.hpp"

#include <algorithm>

#include <QFileInfo>

#include "reports/record/digest.hpp"
#include "reports/render/quantity.hpp"
#include "scenarios/reading/text_edit.hpp"

namespace shakedown::gui {

namespace {

constexpr int rerunAfterMs = 250;
constexpr int graceMs = 200; // so long a second future is waited for, however often it moves

bool isRun(QString const& path) {
    QFileInfo const info(path);
    return info.isDir() || info.suffix() == "ndjson";
}

QString sentenceOf(int code) {
    switch (code) {
    case 0:
        return ", all expectations met";
    case 1:
        return ", an expectation failed";
    case 4:
        return ", nothing was checked";
    default:
        return QString(", exit code %1").arg(code);
    }
}

QString textOf(Diagnostic const& error) {
    QString text = QString::fromStdString(error.message);
    return error.hint.empty() ? text : text + "; " + QString::fromStdString(error.hint);
}

bool areAlike(Run const& one, Run const& other) {
    auto const& a = one.index().ended();
    auto const& b = other.index().ended();
    return a && b && a->digest == b->digest;
}

} // namespace

Workbench::Workbench(QString program, QObject* parent)
    : QObject(parent), simulation_(program), preview_(program) {
    rerun_.setSingleShot(true);
    trial_.setSingleShot(true);
    connect(&rerun_, &QTimer::timeout, this, &Workbench::run);
    connect(&trial_, &QTimer::timeout, this, &Workbench::startTrial);
    for (auto* simulation : {&simulation_, &preview_})
        connect(simulation, &Simulation::grew, this, [this, simulation] { grow(*simulation); });
    connect(&document_, &Document::textChanged, this, [this] { isOfRun_ = false; });
    // After what is said of the change itself.
    connect(
        &document_, &Document::wroteAnew, this,
        [this] {
            say("The text had no place for that and was written anew: its comments are gone, and "
                "undo brings them back");
        },
        Qt::QueuedConnection);
    connect(&simulation_, &Simulation::ended, this, &Workbench::finish);
    connect(&preview_, &Simulation::ended, this, [this](int code, QString const& words) {
        Q_EMIT progressed(1);
        bool const began = preview_.run()->index().hasHeader();
        if (code == -1 || !began)
            say("The second future failed: " + words.section('\n', 0, 0));
        if (began)
            adopt(preview_);
        if (wanted_)
            startTrial();
        else if (!began)
            takeTrialBack();
    });
}

bool Workbench::open(QString const& path) {
    if (isRun(path))
        return openRun(path);
    if (auto const why = document_.open(path)) {
        say(*why);
        return false;
    }
    clear();
    Q_EMIT opened(QFileInfo(path).fileName());
    return true;
}

void Workbench::begin(QString const& name, QString const& text) {
    document_.begin(name, text);
    clear();
    Q_EMIT opened(name);
}

// Nothing is known of the new text yet: its checker will say.
void Workbench::clear() {
    stopAll();
    a_.reset();
    b_.reset();
    scenario_.reset();
    nameA_ = "as opened";
    folderA_.clear();
    isFresh_ = true;
    isHurried_ = true;
    isOfRun_ = false;
    keptA_.reset();
    keptB_.reset();
    setStretch(std::nullopt);
    setSubject({});
    Q_EMIT runsChanged();
}

// Whoever is at work is killed, and nothing waits to be run.
void Workbench::stopAll() {
    wanted_.reset();
    beforeTrial_.reset();
    rerun_.stop();
    trial_.stop();
    preview_.stop();
    simulation_.stop();
    Q_EMIT progressed(1);
}

bool Workbench::openRun(QString const& path) {
    auto loaded = loadRun(path.toStdString());
    if (!loaded) {
        say(textOf(loaded.errors().front()));
        return false;
    }
    stopAll();
    std::shared_ptr<Run const> const run = std::move(loaded).value();
    QFileInfo const info(path);
    QString const folder = info.isDir() ? path : info.path();
    lay(run, nullptr, info.fileName(), {});
    folderA_ = folder;
    if (!run->error().empty())
        say("The record is broken: " + QString::fromStdString(run->error())
            + "; what came before is shown");
    else if (run->isCut())
        say("The record is cut short at "
            + QString::fromStdString(
                render::spanText(run->index().reach().sinceStart().inSeconds()))
            + "; what there is is shown");
    else
        say("Opened " + path);
    openScenarioOf(folder, info.fileName());
    Q_EMIT opened(QString::fromStdString(run->index().header().scenario));
    return true;
}

// A text that has nothing to do with the run does not stay beside it.
void Workbench::openScenarioOf(QString const& folder, QString const& name) {
    isHurried_ = false;
    if (QFileInfo::exists(folder + "/scenario.yaml")) {
        auto const why = document_.open(folder + "/scenario.yaml");
        isOfRun_ = !why;
        if (!why)
            return scenario_.reset();
        say(*why);
    }
    if (scenario_ && scenario_->digest == a_->index().header().scenarioDigest)
        return;
    scenario_.reset();
    document_.begin(name, {});
}

bool Workbench::openBeside(QString const& path) {
    auto loaded = loadRun(path.toStdString());
    if (!loaded) {
        say(textOf(loaded.errors().front()));
        return false;
    }
    // What was to become B gives way to what was asked for.
    wanted_.reset();
    beforeTrial_.reset();
    preview_.stop();
    if (!isFirst()) {
        rerun_.stop();
        simulation_.stop();
        Q_EMIT progressed(1);
    }
    if (b_ == nullptr)
        side_ = Side::A;
    b_ = std::move(loaded).value();
    keptB_.reset();
    nameB_ = QFileInfo(path).fileName();
    Q_EMIT runsChanged();
    say("Beside it (B): " + path);
    return true;
}

void Workbench::lay(std::shared_ptr<Run const> a, std::shared_ptr<Run const> b,
                    QString const& nameA, QString const& nameB) {
    a_ = std::move(a);
    b_ = std::move(b);
    nameA_ = nameA;
    nameB_ = nameB;
    side_ = Side::A;
    folderA_.clear();
    keptA_.reset();
    keptB_.reset();
    beforeTrial_.reset();
    isFresh_ = false;
    setStretch(std::nullopt);
    setSubject({});
    Q_EMIT runsChanged();
    follow();
}

void Workbench::setScenario(std::shared_ptr<model::Scenario const> scenario) {
    bool const isNew = scenario && (!scenario_ || scenario_->digest != scenario->digest);
    scenario_ = std::move(scenario);
    bool const isOfRun = std::exchange(isOfRun_, false);
    if (isNew && !isOfRun && (runsByItself_ || a_ == nullptr || isHurried_))
        rerun_.start(isHurried_ ? 0 : rerunAfterMs);
    isHurried_ = false;
}

void Workbench::run() {
    if (!scenario_)
        return say(document_.text().isEmpty() ? "There is no scenario to run"
                                              : "The scenario has errors; see Problems");
    wanted_.reset();
    beforeTrial_.reset();
    preview_.stop();
    runsInto_ = isFirst() ? Side::A : Side::B;
    simulation_.start(document_.text(), document_.file());
    since_.start();
    QString const step = document_.undo().undoText();
    nameOfNext_ = step.isEmpty() ? "now" : step;
    if (runsInto_ == Side::A)
        adopt(simulation_);
}

// What a child wrote is A or B from now on. A second future takes the place of the one before once
// there is something to see of it: the picture does not go dark while a number is turned.
void Workbench::adopt(Simulation& simulation) {
    bool const isPreview = &simulation == &preview_;
    if (!isPreview && runsInto_ == Side::A) {
        a_ = simulation.run();
        keptA_ = simulation.folder();
        folderA_.clear(); // a record that was laid beside stays
    } else {
        b_ = simulation.run();
        keptB_ = isPreview ? nullptr : simulation.folder();
        nameB_ = nameOfNext_;
        side_ = Side::B;
    }
    Q_EMIT runsChanged();
}

void Workbench::grow(Simulation& simulation) {
    auto const& run = simulation.run();
    auto const& index = run->index();
    if (!index.hasHeader())
        return;
    double const lasts = index.header().lasts.inSeconds();
    Q_EMIT progressed(lasts > 0 ? std::min(1.0, index.reach().inSeconds() / lasts) : 0);
    if (run != a_ && run != b_) {
        if (since_.elapsed() >= graceMs)
            adopt(simulation);
        return;
    }
    if (isFresh_ && run == a_)
        setTime(index.reach());
    Q_EMIT grew();
}

void Workbench::tryValue(QString const& path, QString const& value) {
    if (isFirst())
        return;
    auto const edited =
        reading::withValue(document_.text().toStdString(), path.toStdString(), value.toStdString());
    if (!edited)
        return say(textOf(edited.errors().front()));
    wanted_ = {QString::fromStdString(edited.value().text), path + " = " + value};
    // One that is about to end may do so, else nothing is seen of a number that goes on moving.
    if (!preview_.isRunning())
        startTrial();
    else if (!trial_.isActive())
        trial_.start(graceMs);
}

void Workbench::startTrial() {
    trial_.stop();
    auto const next = std::exchange(wanted_, std::nullopt);
    if (!next)
        return;
    if (!beforeTrial_)
        beforeTrial_ =
            Future{b_, nameB_, keptB_, side_, rerun_.isActive() || simulation_.isRunning()};
    rerun_.stop();
    simulation_.stop();
    preview_.start(next->first, document_.file(), "intervals");
    since_.start();
    nameOfNext_ = next->second;
}

bool Workbench::settle(QString const& path, QString const& value, QString const& step) {
    wanted_.reset();
    trial_.stop();
    QString const before = document_.text();
    isHurried_ = true;
    auto const why = document_.change(path, value, step);
    if (why)
        say(*why);
    if (document_.text() != before)
        return true;
    // Back where it was.
    isHurried_ = false;
    takeTrialBack();
    return !why;
}

void Workbench::takeTrialBack() {
    preview_.stop();
    auto was = std::exchange(beforeTrial_, std::nullopt);
    if (!was)
        return;
    Q_EMIT progressed(1);
    b_ = std::move(was->run);
    nameB_ = was->name;
    keptB_ = std::move(was->folder);
    side_ = was->side;
    if (was->isOwed)
        return run();
    Q_EMIT runsChanged();
}

void Workbench::add(QString const& list, QString const& item, QString const& step) {
    isHurried_ = true;
    if (auto const why = document_.add(list, item, step)) {
        isHurried_ = false;
        return say(*why);
    }
    say("Added to " + list + ": " + item);
}

void Workbench::keep() {
    if (b_ == nullptr || !b_->index().ended() || preview_.isRunning())
        return say("There is no second future to keep");
    a_ = std::move(b_);
    b_.reset();
    beforeTrial_.reset();
    nameA_ = nameB_;
    keptA_ = std::move(keptB_);
    side_ = Side::A;
    folderA_.clear();
    say("Kept: A is now " + nameA_);
    Q_EMIT runsChanged();
}

void Workbench::finish(int code, QString const& words) {
    Q_EMIT progressed(1);
    if (!words.trimmed().isEmpty())
        say(words.trimmed());
    auto const run = simulation_.run();
    bool const began = run->index().hasHeader();
    if (!began) {
        say("The simulation did not begin: " + words.section('\n', 0, 0));
    } else if (code == -1) {
        say("The simulation died; what it wrote until then is shown");
    } else {
        auto const& ended = run->index().ended();
        say((ended ? QString::fromStdString(render::countText(ended->events)) : "?") + " events"
            + sentenceOf(code));
    }
    if (began && runsInto_ == Side::B && a_ && areAlike(*a_, *run)) {
        b_.reset();
        say("Nothing differs from A");
        Q_EMIT runsChanged();
    } else if (began) {
        adopt(simulation_);
    }
    if (isFresh_ && runsInto_ == Side::A)
        follow();
    isFresh_ = false;
    Q_EMIT runEnded();
}

// To the first moment that hurts, else the end of the run.
void Workbench::follow() {
    if (!shown() || !shown()->index().hasHeader())
        return;
    auto const& turns = shown()->index().turningPoints();
    auto const hurt = std::find_if(turns.begin(), turns.end(), [](TurningPoint const& turn) {
        return !turn.what.ends_with(": begins") && !turn.what.ends_with(": ends");
    });
    setTime(hurt != turns.end() ? hurt->at + Duration::seconds(1) : shown()->index().reach());
}

void Workbench::setSide(Side side) {
    side_ = side;
    Q_EMIT runsChanged();
}

QString Workbench::folder() const {
    auto const& kept = side() == Side::A ? keptA_ : keptB_;
    if (side() == Side::A && !folderA_.isEmpty())
        return folderA_;
    return kept ? kept->path() : QString();
}

void Workbench::setTime(SimTime at) {
    at_ = at;
    Q_EMIT timeChanged(at);
}

void Workbench::setSubject(QString const& subject) {
    subject_ = subject;
    Q_EMIT subjectChanged(subject);
}

void Workbench::setStretch(std::optional<Stretch> stretch) {
    if (stretch == stretch_)
        return;
    stretch_ = stretch;
    Q_EMIT stretchChanged(stretch);
}

void Workbench::next() {
    if (auto const turn = shown() ? shown()->index().next(at_) : std::nullopt)
        setTime(turn->at);
}

void Workbench::previous() {
    if (auto const turn = shown() ? shown()->index().previous(at_) : std::nullopt)
        setTime(turn->at);
}

} // namespace shakedown::gui
