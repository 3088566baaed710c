#include "gui/live/child_call.hpp"

#include <utility>

namespace shakedown::gui {

namespace {

constexpr int killedWithinMs = 1000;

QString seconds(std::chrono::milliseconds span) {
    return QString::number(static_cast<double>(span.count()) / 1000, 'g', 3) + " s";
}

} // namespace

QString ChildAnswer::why() const {
    QString line = err.trimmed().section('\n', 0, 0);
    return line.startsWith("shakedown: ") ? line.mid(11) : line;
}

ChildCall::ChildCall(QObject* owner, OnAnswer onAnswer)
    : QObject(owner), onAnswer_(std::move(onAnswer)) {
    limit_.setSingleShot(true);
}

ChildCall::~ChildCall() {
    process_.disconnect(this);
    if (process_.state() == QProcess::NotRunning)
        return;
    process_.kill();
    process_.waitForFinished(killedWithinMs);
}

void ChildCall::start(QObject* owner, QString const& program, QStringList const& words,
                      std::chrono::milliseconds within, OnAnswer onAnswer, QString const& folder) {
    auto* call = new ChildCall(owner, std::move(onAnswer));
    auto& process = call->process_;
    connect(&process, &QProcess::finished, call, [call](int code, QProcess::ExitStatus status) {
        call->finish(status == QProcess::NormalExit ? code : -1, "it was killed");
    });
    connect(
        &process, &QProcess::errorOccurred, call,
        [call](QProcess::ProcessError error) {
            if (error == QProcess::FailedToStart)
                call->finish(-1, call->process_.errorString());
        },
        Qt::QueuedConnection);
    connect(&call->limit_, &QTimer::timeout, call, [call, within] {
        call->finish(-1, "no answer within " + seconds(within));
        call->process_.kill();
    });
    call->limit_.start(within);
    if (!folder.isEmpty())
        process.setWorkingDirectory(folder);
    process.setStandardInputFile(QProcess::nullDevice());
    process.start(program, words);
}

void ChildCall::finish(int code, QString const& otherwise) {
    if (std::exchange(isOver_, true))
        return;
    limit_.stop();
    ChildAnswer answer{code, QString::fromUtf8(process_.readAllStandardOutput().left(answerAtMost)),
                       QString::fromUtf8(process_.readAllStandardError().left(answerAtMost))};
    if (code == -1)
        answer.err = otherwise + "\n" + answer.err;
    deleteLater();
    onAnswer_(answer);
}

} // namespace shakedown::gui
