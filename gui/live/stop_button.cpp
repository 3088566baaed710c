#include "gui/live/stop_button.hpp"

#include <QAction>
#include <QPainter>

#include "gui/theme/signs.hpp"

namespace shakedown::gui {

namespace {

constexpr int signWide = 18;

// The octagon of a stop sign, in the colour of the text.
QIcon octagon(Tokens const& tokens) {
    Tokens ink = tokens;
    ink.failing = tokens.onStop;
    return signIcon(Health::Failing, ink, signWide);
}

} // namespace

StopButton::StopButton(StopAll& stopAll, QWidget* parent) : QToolButton(parent) {
    setDefaultAction(stopAll.action());
    setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    setIconSize(QSize(signWide, signWide));
    setAccessibleName("STOP ALL");
    setAccessibleDescription("Take back every fault, at once");
    setScheme(Scheme::Dark);
}

void StopButton::setScheme(Scheme scheme) {
    auto const& tokens = Tokens::of(scheme);
    defaultAction()->setIcon(octagon(tokens));
    setStyleSheet(QString("QToolButton { background: %1; color: %2; font-weight: bold;"
                          " border: 2px solid %2; border-radius: 4px; padding: 2px 10px; }"
                          "QToolButton:hover, QToolButton:focus { border-color: %3; }"
                          "QToolButton:pressed { background: %3; }")
                      .arg(tokens.stop.name(), tokens.onStop.name(), tokens.accent.name()));
}

} // namespace shakedown::gui
