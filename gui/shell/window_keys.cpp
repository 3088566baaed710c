#include <algorithm>

#include <QAbstractButton>
#include <QApplication>
#include <QKeyEvent>
#include <QStackedWidget>
#include <QTabWidget>

#include "gui/shell/main_window.hpp"

// Everything in the window without a mouse.
namespace shakedown::gui {

// A button that has the focus is pressed by Space, whatever else that key does.
bool MainWindow::event(QEvent* event) {
    if (event->type() == QEvent::ShortcutOverride) {
        auto const* key = static_cast<QKeyEvent*>(event);
        bool const isPlainSpace = key->key() == Qt::Key_Space && key->modifiers() == Qt::NoModifier;
        if (isPlainSpace
            && qobject_cast<QAbstractButton*>(QApplication::focusWidget()) != nullptr) {
            event->accept();
            return true;
        }
    }
    return QMainWindow::event(event);
}

// Cursors in a text go by words, as they do everywhere.
void MainWindow::settleKeys() {
    for (auto const* action : commands_.all())
        if (action->text() != "Previous moment" && action->text() != "Next moment")
            editor_->giveUp(action->shortcut());
    editor_->giveUp(live_->stopAll().action()->shortcut());
}

// Tab is a letter in the text, so another key leads out of it.
void MainWindow::focusPanel(int step) {
    QList<QWidget*> const panels = {&editor_->textWidget(),
                                    middle_->currentWidget(),
                                    right_->currentWidget(),
                                    live_,
                                    timeline_,
                                    charts_,
                                    details_->currentWidget()};
    auto const* focus = QApplication::focusWidget();
    int at = step > 0 ? -1 : 0;
    for (int i = 0; i < panels.size(); ++i)
        if (focus != nullptr && (panels[i] == focus || panels[i]->isAncestorOf(focus)))
            at = i;
    auto const count = static_cast<int>(panels.size());
    for (int i = 1; i <= count; ++i) {
        auto* panel = panels[((at + i * step) % count + count) % count];
        if (panel->isVisible() && panel->isEnabled() && panel->focusPolicy() != Qt::NoFocus)
            return panel->setFocus(Qt::TabFocusReason);
        auto const inside = panel->findChildren<QWidget*>();
        auto const first = std::find_if(inside.begin(), inside.end(), [](QWidget const* widget) {
            return widget->isVisible() && widget->isEnabled()
                   && widget->focusPolicy() == Qt::StrongFocus;
        });
        if (panel->isVisible() && first != inside.end())
            return (*first)->setFocus(Qt::TabFocusReason);
    }
}

} // namespace shakedown::gui
