#pragma once

#include <QToolButton>

#include "gui/live/stop_all.hpp"
#include "gui/theme/tokens.hpp"

namespace shakedown::gui {

/// STOP ALL as a button: red, with its word and an octagon, in any toolbar.
class StopButton : public QToolButton {
    Q_OBJECT

public:
    explicit StopButton(StopAll& stopAll, QWidget* parent = nullptr);
    void setScheme(Scheme scheme);
};

} // namespace shakedown::gui
