#include "gui/shell/commands.hpp"

#include <algorithm>

namespace shakedown::gui {

QAction* Commands::add(QString const& text, QKeySequence const& key, std::function<void()> does) {
    auto* action = new QAction(text, &window_);
    QObject::connect(action, &QAction::triggered, &window_, std::move(does));
    enlist(action, key);
    return action;
}

QAction* Commands::addToggle(QString const& text, QKeySequence const& key,
                             std::function<void(bool)> does) {
    auto* action = new QAction(text, &window_);
    action->setCheckable(true);
    QObject::connect(action, &QAction::toggled, &window_, std::move(does));
    enlist(action, key);
    return action;
}

void Commands::enlist(QAction* action, QKeySequence const& key) {
    action->setShortcut(key);
    action->setToolTip(key.isEmpty()
                           ? action->text()
                           : action->text() + " (" + key.toString(QKeySequence::NativeText) + ")");
    window_.addAction(action);
    all_.push_back(action);
}

QAction* Commands::named(QString const& text) const {
    auto const found = std::find_if(all_.begin(), all_.end(),
                                    [&](QAction const* action) { return action->text() == text; });
    return found == all_.end() ? nullptr : *found;
}

} // namespace shakedown::gui
