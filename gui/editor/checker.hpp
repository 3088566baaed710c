#pragma once

#include <atomic>
#include <condition_variable>
#include <mutex>
#include <optional>
#include <thread>
#include <utility>

#include <QObject>

#include "gui/session/document.hpp"

namespace shakedown::gui {

/// Checks texts on a thread of its own. Of several that wait only the newest is looked at.
class Checker : public QObject {
    Q_OBJECT

public:
    explicit Checker(QObject* parent = nullptr);
    ~Checker() override;

    void check(QString const& text, QString const& file);

Q_SIGNALS:
    /// On the thread of the receiver.
    void checked(std::shared_ptr<shakedown::gui::Checked const> result);

private:
    void work();

    std::mutex mutex_;
    std::condition_variable wake_;
    std::optional<std::pair<QString, QString>> waiting_;
    bool isOver_ = false;
    std::thread thread_;
};

} // namespace shakedown::gui
