#pragma once

#include <memory>
#include <optional>

#include <QPixmap>
#include <QWidget>

#include "gui/session/run.hpp"
#include "gui/theme/tokens.hpp"

namespace shakedown::gui {

/// The lanes of a run over time. A drag moves the cursor, a drag with Shift brushes a stretch,
/// which Escape or a click removes; the wheel and the keys up and down move through many lanes.
class TimelineView : public QWidget {
    Q_OBJECT

public:
    explicit TimelineView(QWidget* parent = nullptr);

    void setRun(std::shared_ptr<Run const> run);
    /// The run has grown.
    void refresh();
    void setTime(SimTime at);
    SimTime time() const { return at_; }
    void setScheme(Scheme scheme);
    std::optional<Stretch> const& brush() const { return brush_; }
    /// As if it had been brushed, but nothing is emitted.
    void setBrush(std::optional<Stretch> stretch);
    QSize sizeHint() const override { return {900, 200}; }

    double xOf(SimTime at) const;
    SimTime timeAt(double x) const;

Q_SIGNALS:
    void timeWanted(SimTime at);
    void brushed(std::optional<shakedown::gui::Stretch> stretch);

protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void wheelEvent(QWheelEvent* event) override;

private:
    Duration lasts() const;
    int lanes() const;
    int lanesShown() const;
    void scrollTo(int lane);
    void removeBrush();
    QRectF laneOf(int lane) const;
    void paintLayer();
    void paintAxis(QPainter& painter) const;
    void paintEvents(QPainter& painter) const;
    void paintLanes(QPainter& painter) const;
    void paintBreakers(QPainter& painter) const;

    std::shared_ptr<Run const> run_;
    QPixmap layer_; // all but cursor and brush
    bool isStale_ = true;
    SimTime at_;
    std::optional<Stretch> brush_;
    std::optional<SimTime> brushBegan_;
    int firstLane_ = 0; // of those that are shown; the wheel moves it
    Scheme scheme_ = Scheme::Dark;
};

} // namespace shakedown::gui
