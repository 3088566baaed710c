#pragma once

#include <cstdint>
#include <memory>

#include <QObject>
#include <QProcess>

#include "gui/live/followed_record.hpp"

namespace shakedown::gui {

/// What is to be done for real.
struct LiveOrders {
    QString scenario; // its file
    QString folder;   // that the run writes, which is not there yet
    QString tokenFile;
    QString lease; // how long a fault outlives the run, as --lease takes it; empty: 10 s
};

/// `shakedown inject` as a child process, whose record is read as it grows. It is never killed: to
/// stop is to let it take everything back. If this app dies, the kernel tells the child to do so.
class LiveRun : public QObject {
    Q_OBJECT

public:
    /// The child's last words that are kept.
    static constexpr qsizetype wordsAtMost = 64 * 1024;

    explicit LiveRun(QString program, QObject* parent = nullptr);
    /// Stops, and waits at most `revertWithin` for what is taken back. A child that needs longer
    /// goes on doing that by itself.
    ~LiveRun() override;

    /// Nothing if one is under way.
    void start(LiveOrders const& orders);
    /// SIGINT: everything is taken back, and ended() comes when it is.
    void stop();

    bool isUnderWay() const;
    bool isStopping() const { return isUnderWay() && isStopping_; }
    qint64 childId() const { return process_ ? process_->processId() : 0; }
    /// What there is of the record; null before the first start.
    std::shared_ptr<Run> run() const { return record_.run(); }
    FollowedRecord const& record() const { return record_; }
    QString const& folder() const { return orders_.folder; }
    QString const& lease() const { return orders_.lease; }
    /// What it wrote to its standard output and error, the end of it.
    QString const& output() const { return output_; }
    QString const& errors() const { return errors_; }

Q_SIGNALS:
    void grew();
    /// A line of progress: "2.0 s  fail begins".
    void told(QString line);
    /// With the exit code; -1 if it was killed or could not begin.
    void ended(int code);

private:
    void listen();
    void finish(int code);

    QString program_;
    LiveOrders orders_;
    std::unique_ptr<QProcess> process_;
    FollowedRecord record_;
    QString output_;
    QString errors_;
    QByteArray line_; // that has not ended
    bool isStopping_ = false;
    bool isOver_ = true;
};

} // namespace shakedown::gui
