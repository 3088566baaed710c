#include "gui/editor/checker.hpp"

#include <utility>

namespace shakedown::gui {

Checker::Checker(QObject* parent) : QObject(parent), thread_([this] { work(); }) {}

Checker::~Checker() {
    {
        std::lock_guard const lock(mutex_);
        isOver_ = true;
    }
    wake_.notify_all();
    thread_.join();
}

void Checker::check(QString const& text, QString const& file) {
    {
        std::lock_guard const lock(mutex_);
        waiting_ = {text, file, ++handedIn_};
    }
    wake_.notify_all();
}

void Checker::work() {
    std::unique_lock lock(mutex_);
    for (;;) {
        wake_.wait(lock, [this] { return isOver_ || waiting_; });
        if (isOver_)
            return;
        auto const task = *std::exchange(waiting_, std::nullopt);
        lock.unlock();
        auto const result = std::make_shared<Checked const>(checkedText(task.text, task.file));
        // Queued: a receiver is told on its own thread.
        QMetaObject::invokeMethod(
            this, [this, number = task.number, result] { tell(number, result); },
            Qt::QueuedConnection);
        lock.lock();
    }
}

void Checker::tell(std::uint64_t number, std::shared_ptr<Checked const> const& result) {
    if (number == handedIn_)
        Q_EMIT checked(result);
}

} // namespace shakedown::gui
