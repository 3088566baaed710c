#pragma once

#include <memory>
#include <optional>
#include <utility>

#include <QAbstractScrollArea>

#include "gui/session/run.hpp"
#include "gui/theme/tokens.hpp"
#include "gui/trace/waterfall.hpp"

namespace shakedown::gui {

/// One request as bars over time: on the way a line, in a queue hatched, in service filled, and
/// pale from when nobody waits for it any more. Above stands what it ended of. Only rows in sight
/// are painted.
///
/// Up, Down, Page, Home, End select an attempt; C selects what the request ended of; Enter wants
/// its instant, Shift+Enter its call. Ctrl+wheel, + and - zoom, 0 shows all, Left and Right scroll.
class WaterfallView : public QAbstractScrollArea {
    Q_OBJECT

public:
    explicit WaterfallView(QWidget* parent = nullptr);

    /// Of a request of that run. The picture is of what was known then.
    void setRequest(std::shared_ptr<Run const> run, record::Request const& request);
    /// Nothing but a sentence.
    void clear(QString const& sentence);
    void setScheme(Scheme scheme);

    Waterfall const* waterfall() const { return waterfall_ ? &*waterfall_ : nullptr; }
    QString const& sentence() const { return sentence_; }
    std::optional<std::size_t> selected() const { return selected_; }
    /// Selects it and scrolls there.
    void select(std::size_t row);
    /// 1: all of it is in sight.
    double zoom() const { return zoom_; }
    void setZoom(double zoom, double around);

    /// Rows in sight: from the first to before the second.
    std::pair<std::size_t, std::size_t> rowsInSight() const;
    std::optional<std::size_t> rowAt(QPointF point) const;
    /// In pixels of the viewport.
    double xOf(SimTime at) const;
    SimTime timeAt(double x) const;
    double yOf(std::size_t row) const;
    QSize sizeHint() const override { return {640, 260}; }

Q_SIGNALS:
    void timeWanted(SimTime at);
    void subjectWanted(QString subject);

protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void wheelEvent(QWheelEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseDoubleClickEvent(QMouseEvent* event) override;
    bool viewportEvent(QEvent* event) override;

private:
    void measure();
    double nameWidth() const;
    double noteWidth() const; // of a sign, where there is no room for words
    double plotWidth() const;
    double rowsTop() const;
    double rowsBottom() const;
    double secondsInAll() const;
    bool isMoved(int key);
    void wantSubject(std::size_t row);

    void paintRow(QPainter& painter, std::size_t row) const;
    void paintName(QPainter& painter, std::size_t row) const;
    void paintBar(QPainter& painter, WaterfallRow const& row, double y) const;
    void paintNote(QPainter& painter, WaterfallRow const& row, double y) const;
    void paintHead(QPainter& painter) const;
    void paintAxis(QPainter& painter) const;
    void paintLegend(QPainter& painter) const;
    /// Clipped to what is in sight, so that no coordinate is huge; empty if it is outside.
    QRectF stretch(SimTime from, SimTime to, double top, double high) const;

    std::shared_ptr<Run const> run_; // whose names are shown
    std::optional<Waterfall> waterfall_;
    QString sentence_;
    std::optional<std::size_t> selected_;
    double zoom_ = 1;
    Scheme scheme_ = Scheme::Dark;
};

} // namespace shakedown::gui
