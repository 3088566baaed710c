#pragma once

#include <memory>
#include <optional>
#include <vector>

#include <QFile>
#include <QObject>
#include <QProcess>
#include <QTemporaryDir>
#include <QTimer>

#include "gui/session/run.hpp"

namespace shakedown::gui {

/// A scenario that is simulated by a child process, whose record is read as it is written. The
/// thread of the window never waits for it: a child that is not wanted any more is killed and
/// forgotten. If this program dies, so does the child.
class Simulation : public QObject {
    Q_OBJECT

public:
    /// `program` is the command line program `shakedown`.
    explicit Simulation(QString program, QObject* parent = nullptr);
    ~Simulation() override;

    /// Simulates a text as if it stood in `file`, which it is put beside, hidden, for what it
    /// includes; if that folder cannot be written to, or `file` is a name without one, in a
    /// temporary one. Whoever is at work is killed before. The level is one of `run --record`.
    void start(QString const& text, QString const& file, QString const& level = "sampled");
    /// Kills the child; what there is of the run stays. Nothing is emitted.
    void stop();
    bool isRunning() const { return child_ != nullptr && child_->isRunning; }
    /// Of the process; 0 if none runs.
    qint64 childId() const { return isRunning() ? child_->process.processId() : 0; }
    /// What there is of it so far; null before the first start.
    std::shared_ptr<Run> run() const { return run_; }
    /// The folder of the run, which is there as long as somebody holds it; null before the first
    /// start.
    std::shared_ptr<QTemporaryDir const> folder() const {
        return child_ != nullptr ? child_->folder : nullptr;
    }

Q_SIGNALS:
    void grew();
    /// `code` is the exit code; -1 if it was killed or could not begin. `said` is what it wrote to
    /// its standard error.
    void ended(int code, QString said);

private:
    // Ends with its process, whenever that is.
    struct Child {
        ~Child();
        QProcess process;
        std::shared_ptr<QTemporaryDir const> folder = std::make_shared<QTemporaryDir>();
        QString written; // the hidden file
        bool isRunning = false;
    };

    void readOn();
    void finish(int code);
    void buryLater(std::shared_ptr<Child> const& child);
    void forget(Child const* gone);

    QString program_;
    std::shared_ptr<Child> child_;
    std::vector<std::shared_ptr<Child>> dying_;
    std::optional<int> exitCode_; // what it wrote may not be read yet
    QTimer look_;
    QFile record_;
    std::shared_ptr<Run> run_;
};

} // namespace shakedown::gui
