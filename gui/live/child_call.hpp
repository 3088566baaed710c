#pragma once

#include <chrono>
#include <functional>

#include <QObject>
#include <QProcess>
#include <QTimer>

namespace shakedown::gui {

/// What a child process said and did.
struct ChildAnswer {
    int code = -1; // of its exit; -1: it did not begin, was killed, or took too long
    QString out;
    QString err;
    /// The first line of what went wrong, without the name of the program.
    QString why() const;
};

/// A short call of the program `shakedown`, which only asks or orders and holds nothing itself: it
/// may be killed when its time is over. Deletes itself once it has answered.
class ChildCall : public QObject {
    Q_OBJECT

public:
    using OnAnswer = std::function<void(ChildAnswer const&)>;
    static constexpr qint64 answerAtMost = 4 * 1024 * 1024;

    /// Starts at once. The answer comes from the loop of events, never from within; not at all if
    /// `owner` is gone by then.
    static void start(QObject* owner, QString const& program, QStringList const& words,
                      std::chrono::milliseconds within, OnAnswer onAnswer,
                      QString const& folder = {});
    ~ChildCall() override;

private:
    ChildCall(QObject* owner, OnAnswer onAnswer);
    void finish(int code, QString const& otherwise);

    QProcess process_;
    QTimer limit_;
    OnAnswer onAnswer_;
    bool isOver_ = false;
};

} // namespace shakedown::gui
