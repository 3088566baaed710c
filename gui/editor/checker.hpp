#pragma once

#include <condition_variable>
#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>
#include <thread>

#include <QObject>

#include "gui/session/document.hpp"

namespace shakedown::gui {

/// Checks texts on a thread of its own. Of several that wait only the newest is looked at, and what
/// was found of one is told only while none has come after it.
class Checker : public QObject {
    Q_OBJECT

public:
    explicit Checker(QObject* parent = nullptr);
    ~Checker() override;

    void check(QString const& text, QString const& file);

Q_SIGNALS:
    /// On the thread of the receiver; of the text that was last handed in.
    void checked(std::shared_ptr<shakedown::gui::Checked const> result);

private:
    struct Task {
        QString text;
        QString file;
        std::uint64_t number = 0;
    };
    void work();
    void tell(std::uint64_t number, std::shared_ptr<Checked const> const& result);

    std::mutex mutex_;
    std::condition_variable wake_;
    std::optional<Task> waiting_;
    std::uint64_t handedIn_ = 0; // on the thread of this object
    bool isOver_ = false;
    std::thread thread_;
};

} // namespace shakedown::gui
