#include "gui/live/followed_record.hpp"

#include <QFileInfo>

namespace shakedown::gui {

namespace {

constexpr int lookEveryMs = 50;
constexpr int piecesAtOnce = 4;

} // namespace

FollowedRecord::FollowedRecord(std::chrono::milliseconds quietAfter, QObject* parent)
    : QObject(parent), quietAfter_(quietAfter) {
    connect(&look_, &QTimer::timeout, this, &FollowedRecord::readOn);
}

void FollowedRecord::follow(QString const& path) {
    file_.close();
    file_.setFileName(QString::fromStdString(recordFileOf(path.toStdString())));
    run_ = std::make_shared<Run>();
    why_.clear();
    isWritten_ = false;
    state_ = State::Waiting;
    sinceNews_.start();
    look_.start(0);
}

void FollowedRecord::writerEnded() {
    isWritten_ = true;
    for (int i = 0; i < piecesAtOnce && look_.isActive(); ++i)
        readOn();
}

FollowedRecord::Piece FollowedRecord::readPiece() {
    if (isOver() || (!file_.isOpen() && !file_.open(QIODevice::ReadOnly)))
        return Piece::None;
    if (file_.size() < file_.pos()) {
        why_ = "what was read of it is there no more: another run has begun in its place";
        become(State::Broken);
        return Piece::None;
    }
    QByteArray const piece = file_.read(pieceBytes);
    if (piece.isEmpty())
        return Piece::None;
    sinceNews_.restart();
    if (!run_->feed({piece.constData(), static_cast<std::size_t>(piece.size())})) {
        why_ = QString::fromStdString(run_->error());
        become(State::Broken);
    } else if (run_->index().ended()) {
        become(State::Ended);
    } else if (run_->index().hasHeader()) {
        become(State::Following);
    }
    return piece.size() == pieceBytes ? Piece::MoreToCome : Piece::Last;
}

void FollowedRecord::readOn() {
    auto const piece = readPiece();
    if (piece != Piece::None)
        Q_EMIT grew();
    else if (!isOver() && sinceNews_.hasExpired(quietAfter_.count()))
        become(State::Quiet);
    if (isOver() || (isWritten_ && piece == Piece::None))
        look_.stop();
    else
        look_.setInterval(piece == Piece::MoreToCome ? 0 : lookEveryMs);
}

void FollowedRecord::become(State state) {
    if (state_ == state)
        return;
    state_ = state;
    Q_EMIT changed();
}

QString FollowedRecord::words() const {
    switch (state_) {
    case State::Waiting:
        return "waiting for the first line of " + QFileInfo(file_.fileName()).fileName();
    case State::Following:
        return "following " + QFileInfo(file_.fileName()).fileName();
    case State::Quiet:
        return QString("no news for %1 s: its writer may have ended without a word")
            .arg(sinceNews_.elapsed() / 1000);
    case State::Ended:
        return "the run is over";
    case State::Broken:
        break;
    }
    return "the record is broken: " + why_ + "; what came before is shown";
}

} // namespace shakedown::gui
