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
    QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    QSize cell() const;
    /// In a narrow dock they stand two by two.
    int columns() const;

    Phases phases_;
    Scheme scheme_ = Scheme::Dark;
};

} // namespace shakedown::gui
