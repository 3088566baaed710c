#include "gui/session/simulation.hpp"

#include <csignal>

#include <sys/prctl.h>

#include <QCoreApplication>
#include <QDir>
#include <QElapsedTimer>
#include <QFileInfo>
#include <QSaveFile>

#include <utility>

namespace shakedown::gui {

namespace {

constexpr int lookEveryMs = 30;
constexpr qint64 pieceBytes = 64 * 1024;
constexpr int biteMs = 12;
constexpr int killAfterMs = 2000;

// Of this program and of this start alone.
QString hiddenName(QFileInfo const& file) {
    static int starts = 0;
    return QString(".%1-shakedown-gui-%2-%3.yaml")
        .arg(file.completeBaseName())
        .arg(QCoreApplication::applicationPid())
        .arg(++starts);
}

bool writeTo(QString const& path, QString const& text) {
    QSaveFile file(path);
    return file.open(QIODevice::WriteOnly) && file.write(text.toUtf8()) >= 0 && file.commit();
}

} // namespace

Simulation::Child::~Child() {
    if (!written.isEmpty())
        QFile::remove(written);
}

Simulation::Simulation(QString program, QObject* parent)
    : QObject(parent), program_(std::move(program)) {
    look_.setInterval(lookEveryMs);
    connect(&look_, &QTimer::timeout, this, &Simulation::readOn);
}

// Nobody turns the event loop any more, so whoever is killed is waited for.
Simulation::~Simulation() {
    stop();
    for (auto const& child : dying_) {
        child->process.disconnect();
        child->process.waitForFinished(killAfterMs);
    }
}

void Simulation::start(QString const& text, QString const& file, QString const& level) {
    stop();
    if (child_)
        buryLater(child_); // its own signal may have led here
    child_ = std::make_shared<Child>();
    run_ = std::make_shared<Run>();
    record_.close();
    QFileInfo const info(file);
    child_->written = info.absoluteDir().filePath(hiddenName(info));
    if (info.isRelative() || !writeTo(child_->written, text)) {
        child_->written = QDir(child_->folder->path()).filePath(hiddenName(info));
        writeTo(child_->written, text);
    }
    record_.setFileName(QDir(child_->folder->path()).filePath("record.ndjson"));
    auto& process = child_->process;
    connect(&process, &QProcess::finished, this, [this](int code, QProcess::ExitStatus status) {
        exitCode_ = status == QProcess::NormalExit ? code : -1;
        readOn();
    });
    connect(&process, &QProcess::errorOccurred, this, [this](QProcess::ProcessError error) {
        if (error == QProcess::FailedToStart)
            finish(-1);
    });
    exitCode_.reset();
    process.setChildProcessModifier([] { ::prctl(PR_SET_PDEATHSIG, SIGKILL); });
    process.setWorkingDirectory(QFileInfo(child_->written).absolutePath());
    child_->isRunning = true;
    process.start(program_,
                  {"run", child_->written, "--record", level, "-q", "-o", child_->folder->path()});
    if (isRunning())
        look_.start();
}

void Simulation::stop() {
    look_.stop();
    if (!isRunning())
        return;
    child_->isRunning = false;
    auto& process = child_->process;
    process.disconnect();
    if (process.state() == QProcess::NotRunning)
        return;
    // It is kept until it is gone, and its folder with it.
    connect(&process, &QProcess::finished, this, [this, gone = child_.get()] { forget(gone); });
    dying_.push_back(child_);
    process.kill();
}

void Simulation::buryLater(std::shared_ptr<Child> const& child) {
    if (child->process.state() != QProcess::NotRunning)
        return; // stop() has seen to it
    dying_.push_back(child);
    forget(child.get());
}

// Not in a signal of its own process.
void Simulation::forget(Child const* gone) {
    QTimer::singleShot(0, this, [this, gone] {
        std::erase_if(dying_, [gone](auto const& child) { return child.get() == gone; });
    });
}

// A bite at a time, so that the window goes on moving while a large record comes in.
void Simulation::readOn() {
    QElapsedTimer clock;
    clock.start();
    bool isEmpty = !record_.isOpen() && !record_.open(QIODevice::ReadOnly);
    bool grown = false;
    while (!isEmpty && clock.elapsed() < biteMs) {
        QByteArray const piece = record_.read(pieceBytes);
        isEmpty = piece.isEmpty()
                  || !run_->feed({piece.constData(), static_cast<std::size_t>(piece.size())});
        grown = grown || !piece.isEmpty();
    }
    look_.setInterval(isEmpty ? lookEveryMs : 0);
    if (grown)
        Q_EMIT grew();
    if (isEmpty && exitCode_)
        finish(*std::exchange(exitCode_, std::nullopt));
}

void Simulation::finish(int code) {
    if (!isRunning())
        return;
    look_.stop();
    child_->isRunning = false;
    QFile::remove(std::exchange(child_->written, {}));
    QString said = QString::fromUtf8(child_->process.readAllStandardError());
    if (code == -1 && said.isEmpty())
        said = child_->process.errorString();
    Q_EMIT ended(code, said);
}

} // namespace shakedown::gui
