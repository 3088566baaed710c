#pragma once

#include <chrono>
#include <cstdint>
#include <memory>

#include <QElapsedTimer>
#include <QFile>
#include <QObject>
#include <QTimer>

#include "gui/session/run.hpp"

namespace shakedown::gui {

/// A record that another process writes, read on as it grows, from its beginning to the end of its
/// run. The thread of the window reads a bounded piece at a time and never waits.
class FollowedRecord : public QObject {
    Q_OBJECT

public:
    enum class State : std::uint8_t {
        Waiting,   // there is no header yet
        Following, // it grows
        Quiet,     // it has not grown for a while; whether it will is not known
        Ended,     // its run is over
        Broken     // a line cannot be read, or what was read is there no more
    };
    /// How long a record stands still before that is said.
    static constexpr std::chrono::milliseconds quietUnlessTold{10'000};
    static constexpr qint64 pieceBytes = 1024 * 1024;

    explicit FollowedRecord(std::chrono::milliseconds quietAfter = quietUnlessTold,
                            QObject* parent = nullptr);

    /// The folder of a run, or its record; it need not be there yet. Ends what was followed before.
    void follow(QString const& path);
    /// No more is looked for; what was read stays.
    void leave() { look_.stop(); }
    bool isLooking() const { return look_.isActive(); }
    /// Its writer has ended: what is left is read, and then no more is looked for. A small rest is
    /// read at once.
    void writerEnded();

    State state() const { return state_; }
    /// What there is so far; null before the first follow().
    std::shared_ptr<Run> run() const { return run_; }
    /// Where it stands, in a sentence.
    QString words() const;

Q_SIGNALS:
    void grew();
    /// state() is another.
    void changed();

private:
    enum class Piece : std::uint8_t { None, Last, MoreToCome };
    Piece readPiece();
    void readOn();
    void become(State state);
    bool isOver() const { return state_ == State::Ended || state_ == State::Broken; }

    std::chrono::milliseconds quietAfter_;
    QTimer look_;
    QFile file_;
    QElapsedTimer sinceNews_;
    std::shared_ptr<Run> run_;
    QString why_; // it is broken
    bool isWritten_ = false;
    State state_ = State::Waiting;
};

} // namespace shakedown::gui
