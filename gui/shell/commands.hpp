#pragma once

#include <functional>
#include <vector>

#include <QAction>
#include <QWidget>

namespace shakedown::gui {

/// Everything that can be done, once: menus, toolbar, keys and the palette show the same actions.
class Commands {
public:
    /// Actions belong to the window and have its keys.
    explicit Commands(QWidget& window) : window_(window) {}

    /// `text` has no mark of a key in it: "Run again".
    QAction* add(QString const& text, QKeySequence const& key, std::function<void()> does);
    /// One that is on or off.
    QAction* addToggle(QString const& text, QKeySequence const& key,
                       std::function<void(bool)> does);
    std::vector<QAction*> const& all() const { return all_; }
    /// By its text; null if there is none.
    QAction* named(QString const& text) const;

private:
    void enlist(QAction* action, QKeySequence const& key);

    QWidget& window_;
    std::vector<QAction*> all_;
};

} // namespace shakedown::gui
