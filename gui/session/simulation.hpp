#pragma once

#include <memory>

#include <QFile>
#include <QObject>
#include <QProcess>
#include <QTemporaryDir>
#include <QTimer>

#include "gui/session/run.hpp"

namespace shakedown::gui {

/// A scenario that is simulated by a child process, whose record is read as it is written. The
/// thread of the window never waits for it. Going away, or starting again, kills the child.
class Simulation : public QObject {
    Q_OBJECT

public:
    /// `program` is the command line program `shakedown`.
    explicit Simulation(QString program, QObject* parent = nullptr);
    ~Simulation() override;

    /// Simulates a text as if it stood in `file`, which it is put beside, hidden, for what it
    /// includes; if that folder cannot be written to, in a temporary one.
    void start(QString const& text, QString const& file);
    void stop();
    bool isRunning() const { return process_.state() != QProcess::NotRunning; }
    /// Of the process; 0 if none runs.
    qint64 childId() const { return process_.processId(); }
    /// What there is of it so far; null before the first start.
    std::shared_ptr<Run> run() const { return run_; }
    /// The folder of the run, until the next start.
    QString folder() const { return folder_ ? folder_->path() : QString(); }

Q_SIGNALS:
    void grew();
    /// `code` is the exit code; -1 if it was killed or could not begin. `said` is what it wrote to
    /// its standard error.
    void ended(int code, QString said);

private:
    void readOn();
    void finish(int code);

    QString program_;
    QProcess process_;
    QTimer look_;
    QFile record_;
    std::shared_ptr<Run> run_;
    std::unique_ptr<QTemporaryDir> folder_;
    QString written_; // the hidden file
    bool isStopped_ = false;
};

} // namespace shakedown::gui
