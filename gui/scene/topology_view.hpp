#pragma once

#include <memory>
#include <optional>
#include <vector>

#include <QHash>
#include <QPainterPath>
#include <QWidget>

#include "gui/scene/layered_layout.hpp"
#include "gui/session/run.hpp"
#include "gui/theme/tokens.hpp"

namespace shakedown::gui {

/// Who calls whom, from left to right, and how everyone fares at one instant: a sign, a colour and
/// words for each. Dots are requests: their number tells the rate, their colour what becomes of
/// them. Positions stay while a run goes on.
class TopologyView : public QWidget {
    Q_OBJECT

public:
    explicit TopologyView(QWidget* parent = nullptr);

    /// Null: nothing to show. The run may grow.
    void setRun(std::shared_ptr<Run const> run);
    void setTime(SimTime at) { setSpan(at, at); }
    /// A stretch as a whole: RunIndex::stateOver.
    void setSpan(SimTime from, SimTime to);
    void setScheme(Scheme scheme);
    QSize sizeHint() const override { return {900, 520}; }

    /// A service or a load under a point, by its name in the record; a call by "a -> b".
    QString subjectAt(QPoint point) const;
    /// What is written in the box of a node and on an edge, line by line; for tests and for who
    /// cannot see them.
    QStringList textOf(QString const& subject) const;
    QRectF boxOf(QString const& subject) const;

Q_SIGNALS:
    void picked(QString subject);
    void menuWanted(QString subject, QPoint global);

protected:
    void paintEvent(QPaintEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void contextMenuEvent(QContextMenuEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    bool event(QEvent* event) override;

private:
    struct Node {
        QString name;
        bool isLoad = false;
        std::uint32_t index = 0; // of the loads or the services
        NodePlace place;
        QRectF box;
    };
    struct Edge {
        std::uint32_t call = 0;
        std::size_t from = 0; // nodes
        std::size_t to = 0;
        QPainterPath path;
    };

    void layOut();
    void placeAll();
    Health healthOf(Node const& node) const;
    QStringList linesOf(Node const& node) const;
    QStringList linesOf(Edge const& edge) const;
    void paintEdge(QPainter& painter, Edge const& edge) const;
    void paintDots(QPainter& painter, Edge const& edge) const;
    void paintBadges(QPainter& painter, Edge const& edge) const;
    void paintNode(QPainter& painter, Node const& node) const;
    void paintLegend(QPainter& painter) const;
    Edge const* edgeAt(QPointF point) const;

    std::shared_ptr<Run const> run_;
    std::vector<std::string> laidOut_; // the names that the layout is of
    std::vector<Node> nodes_;
    std::vector<Edge> edges_;
    Snapshot now_;
    Scheme scheme_ = Scheme::Dark;
    QString selected_;
    double scale_ = 1;
};

} // namespace shakedown::gui
