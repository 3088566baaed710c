#include "gui/editor/checker.hpp"

#include <memory>

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
        waiting_ = {text, file};
    }
    wake_.notify_all();
}

void Checker::work() {
    std::unique_lock lock(mutex_);
    for (;;) {
        wake_.wait(lock, [this] { return isOver_ || waiting_; });
        if (isOver_)
            return;
        auto const [text, file] = *std::exchange(waiting_, std::nullopt);
        lock.unlock();
        auto result = std::make_shared<Checked const>(checkedText(text, file));
        // Queued: a receiver is told on its own thread.
        QMetaObject::invokeMethod(
            this, [this, result] { Q_EMIT checked(result); }, Qt::QueuedConnection);
        lock.lock();
    }
}

} // namespace shakedown::gui
