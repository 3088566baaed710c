#pragma once

#include <QFrame>

#include "gui/live/stop_all.hpp"
#include "gui/theme/tokens.hpp"

class QLabel;
class QListWidget;

namespace shakedown::gui {

/// What came of STOP ALL: who confirmed, who did not. Hidden until it was pressed.
class StopView : public QFrame {
    Q_OBJECT

public:
    explicit StopView(StopAll& stopAll, QWidget* parent = nullptr);
    void setScheme(Scheme scheme);
    QString sentence() const;
    QStringList lines() const;

private:
    void refresh();

    StopAll& stopAll_;
    QLabel* sentence_;
    QListWidget* list_;
    Scheme scheme_ = Scheme::Dark;
};

} // namespace shakedown::gui
