#pragma once

#include <QWidget>

#include "gui/live/phases.hpp"
#include "gui/theme/tokens.hpp"

namespace shakedown::gui {

/// The phases of a live run side by side, each with its sign and its words.
class PhaseStrip : public QWidget {
    Q_OBJECT

public:
    explicit PhaseStrip(QWidget* parent = nullptr);

    void setPhases(Phases const& phases);
    void setScheme(Scheme scheme);
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return sizeHint(); }

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    Phases phases_;
    Scheme scheme_ = Scheme::Dark;
};

} // namespace shakedown::gui
