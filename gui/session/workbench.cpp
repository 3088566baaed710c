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
    connect(&simulation_, &Simulation::ended, this, &Workbench::finish);
    connect(&preview_, &Simulation::ended, this, [this](int code, QString const& words) {
        Q_EMIT progressed(1);
        if (code == -1 || !preview_.run()->index().hasHeader())
            say("The second future failed: " + words.section('\n', 0, 0));
        else
            adopt(preview_);
        if (wanted_)
            startTrial();
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
    wanted_.reset();
    rerun_.stop();
    preview_.stop();
    simulation_.stop();
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

bool Workbench::openRun(QString const& path) {
    auto loaded = loadRun(path.toStdString());
    if (!loaded) {
        say(textOf(loaded.errors().front()));
        return false;
    }
    wanted_.reset();
    rerun_.stop();
    preview_.stop();
    simulation_.stop();
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
    isOfRun_ = QFileInfo::exists(folder + "/scenario.yaml");
    if (isOfRun_)
        document_.open(folder + "/scenario.yaml");
    Q_EMIT opened(QString::fromStdString(run->index().header().scenario));
    return true;
}

bool Workbench::openBeside(QString const& path) {
    auto loaded = loadRun(path.toStdString());
    if (!loaded) {
        say(textOf(loaded.errors().front()));
        return false;
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
    isFresh_ = false;
    setStretch(std::nullopt);
    setSubject({});
    Q_EMIT runsChanged();
    follow();
}

void Workbench::setScenario(std::shared_ptr<model::Scenario const> scenario) {
    bool const isNew = scenario && (!scenario_ || scenario_->digest != scenario->digest);
    scenario_ = std::move(scenario);
    if (isNew && !std::exchange(isOfRun_, false) && (runsByItself_ || a_ == nullptr || isHurried_))
        rerun_.start(isHurried_ ? 0 : rerunAfterMs);
    isHurried_ = false;
}

void Workbench::run() {
    wanted_.reset();
    preview_.stop();
    if (!scenario_)
        return say("The scenario has errors; see Problems");
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
        folderA_.clear();
        b_.reset();
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
    rerun_.stop();
    simulation_.stop();
    preview_.start(next->first, document_.file(), "intervals");
    since_.start();
    nameOfNext_ = next->second;
}

void Workbench::settle(QString const& path, QString const& value, QString const& step) {
    wanted_.reset();
    trial_.stop();
    QString const before = document_.text();
    isHurried_ = true;
    if (auto const why = document_.change(path, value, step)) {
        isHurried_ = false;
        say(*why);
    }
    if (document_.text() != before)
        return;
    // Back where it was: no second future.
    isHurried_ = false;
    preview_.stop();
    if (b_ == preview_.run()) {
        b_.reset();
        Q_EMIT runsChanged();
    }
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
    if (code == -1) {
        say("The simulation died; what it wrote until then is shown");
    } else if (!run->index().hasHeader()) {
        say("The simulation did not begin: " + words.section('\n', 0, 0));
    } else {
        auto const& ended = run->index().ended();
        say((ended ? QString::fromStdString(render::countText(ended->events)) : "?") + " events"
            + sentenceOf(code));
    }
    if (runsInto_ == Side::B && a_ && areAlike(*a_, *run)) {
        b_.reset();
        say("Nothing differs from A");
        Q_EMIT runsChanged();
    } else if (run->index().hasHeader()) {
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
