#include "gui/live/live_run.hpp"

#include <csignal>
#include <utility>

#include <sys/prctl.h>

#include <QFileInfo>

#include "gui/live/agent_place.hpp"

namespace shakedown::gui {

namespace {

constexpr int revertWithinMs = 10'000;

void append(QString& text, QByteArray const& more) {
    text += QString::fromUtf8(more);
    if (text.size() > LiveRun::wordsAtMost)
        text.remove(0, text.size() - LiveRun::wordsAtMost);
}

} // namespace

LiveRun::LiveRun(QString program, QObject* parent) : QObject(parent), program_(std::move(program)) {
    connect(&record_, &FollowedRecord::grew, this, &LiveRun::grew);
}

LiveRun::~LiveRun() {
    if (!isUnderWay())
        return;
    process_->disconnect(this);
    stop();
    if (process_->waitForFinished(revertWithinMs))
        return;
    // A QProcess that goes kills its child; this one is still taking something back.
    process_.release();
}

void LiveRun::start(LiveOrders const& orders) {
    if (isUnderWay())
        return;
    orders_ = orders;
    output_.clear();
    errors_.clear();
    line_.clear();
    isStopping_ = false;
    isOver_ = false;
    if (process_) // may be the one that tells of its end right now
        process_.release()->deleteLater();
    process_ = std::make_unique<QProcess>();
    connect(process_.get(), &QProcess::readyReadStandardError, this, &LiveRun::listen);
    connect(process_.get(), &QProcess::readyReadStandardOutput, this, &LiveRun::listen);
    connect(process_.get(), &QProcess::finished, this,
            [this](int code, QProcess::ExitStatus status) {
                finish(status == QProcess::NormalExit ? code : -1);
            });
    connect(
        process_.get(), &QProcess::errorOccurred, this,
        [this](QProcess::ProcessError error) {
            if (error == QProcess::FailedToStart) {
                errors_ = process_->errorString();
                finish(-1);
            }
        },
        Qt::QueuedConnection);
    process_->setChildProcessModifier([] { prctl(PR_SET_PDEATHSIG, SIGINT); });
    process_->setWorkingDirectory(QFileInfo(orders.scenario).absolutePath());
    process_->setStandardInputFile(QProcess::nullDevice());
    QStringList words{"inject", orders.scenario, "-o", orders.folder};
    words += identityFlags(orders.tokenFile);
    if (!orders.lease.isEmpty())
        words += "--lease=" + orders.lease;
    process_->start(program_, words);
    record_.follow(orders.folder + "/record.ndjson");
}

bool LiveRun::isUnderWay() const {
    return !isOver_ && process_ != nullptr;
}

void LiveRun::stop() {
    if (!isUnderWay() || process_->processId() <= 0)
        return;
    isStopping_ = true;
    kill(static_cast<pid_t>(process_->processId()), SIGINT);
}

void LiveRun::listen() {
    append(output_, process_->readAllStandardOutput());
    QByteArray const heard = process_->readAllStandardError();
    append(errors_, heard);
    line_ += heard;
    for (auto end = line_.indexOf('\n'); end >= 0; end = line_.indexOf('\n')) {
        QString const line = QString::fromUtf8(line_.left(end)).trimmed();
        line_.remove(0, end + 1);
        if (!line.isEmpty())
            Q_EMIT told(line);
    }
    if (line_.size() > wordsAtMost)
        line_.clear();
}

void LiveRun::finish(int code) {
    if (std::exchange(isOver_, true))
        return;
    listen();
    record_.writerEnded();
    Q_EMIT ended(code);
}

} // namespace shakedown::gui
