#pragma once

#include <memory>
#include <optional>

#include <QElapsedTimer>
#include <QObject>
#include <QTimer>

#include "gui/session/document.hpp"
#include "gui/session/simulation.hpp"

namespace shakedown::gui {

enum class Side : std::uint8_t { A, B };

/// What is open and what is looked at, without a window; every panel follows it.
///
/// Run A is how it was: the run that was opened, or the first of a scenario. Run B is how it is
/// now: the run after a change, or one that was laid beside. While a number is turned, B is a quick
/// second future at level intervals; if it is put back, or cannot be simulated, B is what it was
/// before. A change that changes nothing leaves no B.
class Workbench : public QObject {
    Q_OBJECT

public:
    /// `program` is the command line program `shakedown`.
    explicit Workbench(QString program, QObject* parent = nullptr);

    /// A scenario, the folder of a run, or a record. False if it cannot be opened, which is said.
    bool open(QString const& path);
    /// A scenario that is no file yet.
    void begin(QString const& name, QString const& text);
    /// A recorded run as B. False if it cannot be read, which is said.
    bool openBeside(QString const& path);
    /// Runs from elsewhere, which may still grow; B may be null.
    void lay(std::shared_ptr<Run const> a, std::shared_ptr<Run const> b, QString const& nameA,
             QString const& nameB);

    /// What was laid has grown.
    void noteGrowth() { Q_EMIT grew(); }

    Document& document() { return document_; }
    Document const& document() const { return document_; }
    /// What the checker made of the text; null if it has an error. A new one is run soon.
    void setScenario(std::shared_ptr<model::Scenario const> scenario);
    std::shared_ptr<model::Scenario const> const& scenario() const { return scenario_; }

    /// Simulates the text as it stands.
    void run();
    bool isRunning() const { return simulation_.isRunning() || preview_.isRunning(); }
    /// The process that simulates; 0 if none does.
    qint64 childId() const { return simulation_.childId(); }
    /// Another value of a number, as a quick second future: the newest wins. The text stays.
    void tryValue(QString const& path, QString const& value);
    /// That value for good: one step of undo, and a whole run. False if it cannot be, which is said.
    bool settle(QString const& path, QString const& value, QString const& step);
    /// One more item of "faults" or "operations", and a run.
    void add(QString const& list, QString const& item, QString const& step);
    /// B becomes A.
    void keep();
    /// Whether a change of the text is simulated by itself.
    void setRunsByItself(bool does) { runsByItself_ = does; }

    std::shared_ptr<Run const> const& a() const { return a_; }
    std::shared_ptr<Run const> const& b() const { return b_; }
    QString const& nameOf(Side side) const { return side == Side::A ? nameA_ : nameB_; }
    /// The one that pictures, causes and requests are of.
    std::shared_ptr<Run const> const& shown() const { return side() == Side::B ? b_ : a_; }
    Side side() const { return b_ != nullptr ? side_ : Side::A; }
    void setSide(Side side);
    /// The folder of the shown run with its summary and report; empty if there is none.
    QString folder() const;

    SimTime time() const { return at_; }
    void setTime(SimTime at);
    QString const& subject() const { return subject_; }
    /// A load, a service or a call "a -> b"; empty is all.
    void setSubject(QString const& subject);
    std::optional<Stretch> const& stretch() const { return stretch_; }
    void setStretch(std::optional<Stretch> stretch);
    /// To the turning point after or before the present time.
    void next();
    void previous();

    void say(QString const& sentence) { Q_EMIT said(sentence); }

Q_SIGNALS:
    void opened(QString name);
    /// Another run is A, B or shown.
    void runsChanged();
    /// A run has more in it than before.
    void grew();
    void timeChanged(SimTime at);
    void subjectChanged(QString subject);
    void stretchChanged(std::optional<shakedown::gui::Stretch> stretch);
    /// A sentence for the log and the status bar.
    void said(QString sentence);
    /// Share of simulated time that is over, 0 to 1.
    void progressed(double share);
    void runEnded();

private:
    /// What B was before a number was turned.
    struct Future {
        std::shared_ptr<Run const> run;
        QString name;
        std::shared_ptr<QTemporaryDir const> folder;
        Side side = Side::A; // shown
        bool isOwed = false; // the text has a run to come, which gave way
    };

    bool openRun(QString const& path);
    void openScenarioOf(QString const& folder, QString const& name);
    void clear();
    void stopAll();
    void takeTrialBack();
    void finish(int code, QString const& said);
    void startTrial();
    void adopt(Simulation& simulation);
    void grow(Simulation& simulation);
    void follow();
    /// There is no A yet, or its own simulation is not over.
    bool isFirst() const {
        return a_ == nullptr || (a_ == simulation_.run() && !a_->index().ended());
    }

    Document document_;
    Simulation simulation_;
    Simulation preview_;
    std::shared_ptr<model::Scenario const> scenario_;
    std::shared_ptr<Run const> a_;
    std::shared_ptr<Run const> b_;
    QString nameA_;
    QString nameB_;
    QString folderA_;                            // of a run that was opened
    std::shared_ptr<QTemporaryDir const> keptA_; // of one that was made
    std::shared_ptr<QTemporaryDir const> keptB_;
    Side side_ = Side::A;
    Side runsInto_ = Side::A;
    SimTime at_;
    QString subject_;
    std::optional<Stretch> stretch_;
    QElapsedTimer since_; // the child at work was started
    QString nameOfNext_;  // of what it makes
    QTimer rerun_;        // waits until somebody stops typing
    QTimer trial_;        // waits until the second future at work has had its chance
    std::optional<std::pair<QString, QString>> wanted_; // text and name of the next second future
    std::optional<Future> beforeTrial_;                 // while a number is turned
    bool isFresh_ = true;                               // nobody has looked around yet
    bool isHurried_ = false;
    bool isOfRun_ = false; // the text that is checked next was opened with its run
    bool runsByItself_ = true;
};

} // namespace shakedown::gui
