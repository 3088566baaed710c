#include "gui/session/simulation.hpp"

#include <QDir>
#include <QFileInfo>
#include <QSaveFile>

#include <utility>

namespace shakedown::gui {

namespace {

constexpr int lookEveryMs = 30;
constexpr qint64 pieceBytes = 1024 * 1024;
constexpr int killAfterMs = 2000;

bool writeTo(QString const& path, QString const& text) {
    QSaveFile file(path);
    return file.open(QIODevice::WriteOnly) && file.write(text.toUtf8()) >= 0 && file.commit();
}

} // namespace

Simulation::Simulation(QString program, QObject* parent)
    : QObject(parent), program_(std::move(program)) {
    look_.setInterval(lookEveryMs);
    connect(&look_, &QTimer::timeout, this, &Simulation::readOn);
    connect(&process_, &QProcess::finished, this, [this](int code, QProcess::ExitStatus status) {
        finish(status == QProcess::NormalExit ? code : -1);
    });
    connect(&process_, &QProcess::errorOccurred, this, [this](QProcess::ProcessError error) {
        if (error == QProcess::FailedToStart)
            finish(-1);
    });
}

Simulation::~Simulation() {
    process_.disconnect(this);
    if (isRunning()) {
        process_.kill();
        process_.waitForFinished(killAfterMs);
    }
    if (!written_.isEmpty())
        QFile::remove(written_);
}

void Simulation::start(QString const& text, QString const& file) {
    stop();
    folder_ = std::make_unique<QTemporaryDir>();
    run_ = std::make_shared<Run>();
    record_.close();
    QFileInfo const info(file);
    QString const hidden = "." + info.completeBaseName() + "-shakedown-gui.yaml";
    written_ = info.absoluteDir().filePath(hidden);
    if (!writeTo(written_, text)) {
        written_ = QDir(folder_->path()).filePath(hidden);
        writeTo(written_, text);
    }
    record_.setFileName(QDir(folder_->path()).filePath("record.ndjson"));
    isStopped_ = false;
    process_.setWorkingDirectory(info.absolutePath());
    process_.start(program_, {"run", written_, "--record", "sampled", "-q", "-o", folder_->path()});
    look_.start();
}

void Simulation::stop() {
    if (!isRunning())
        return;
    isStopped_ = true;
    process_.kill();
    process_.waitForFinished(killAfterMs);
}

void Simulation::readOn() {
    if (!record_.isOpen() && !record_.open(QIODevice::ReadOnly))
        return;
    bool grown = false;
    for (QByteArray piece = record_.read(pieceBytes); !piece.isEmpty();
         piece = record_.read(pieceBytes)) {
        grown = true;
        if (!run_->feed({piece.constData(), static_cast<std::size_t>(piece.size())}))
            break;
    }
    if (grown)
        Q_EMIT grew();
}

void Simulation::finish(int code) {
    look_.stop();
    readOn();
    QFile::remove(std::exchange(written_, {}));
    if (isStopped_)
        return;
    QString said = QString::fromUtf8(process_.readAllStandardError());
    if (code == -1 && said.isEmpty())
        said = process_.errorString();
    Q_EMIT ended(code, said);
}

} // namespace shakedown::gui
