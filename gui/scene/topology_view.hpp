#pragma once

#include <memory>
#include <optional>
#include <vector>

#include <QHash>
#include <QPixmap>
#include <QWidget>

#include "gui/scene/dots.hpp"
#include "gui/scene/edge_track.hpp"
#include "gui/scene/layered_layout.hpp"
#include "gui/scene/viewpoint.hpp"
#include "gui/session/run.hpp"
#include "gui/theme/tokens.hpp"

namespace shakedown::gui {

/// Who calls whom, from left to right, and how everyone fares at one instant: a sign, a colour and
/// words for each. Dots are requests: their number tells the rate, their speed the latency, their
/// colour and shape what becomes of them. Positions stay while a run goes on.
///
/// The wheel zooms, the middle button or a drag of the ground moves, F shows all. Who is dragged
/// stays where he was put; a double click lets him go.
class TopologyView : public QWidget {
    Q_OBJECT

public:
    explicit TopologyView(QWidget* parent = nullptr);

    /// Null: nothing to show. The run may grow.
    void setRun(std::shared_ptr<Run const> run);
    /// Another instant moves the dots by a frame.
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
    /// On the screen.
    QRectF boxOf(QString const& subject) const;

    Viewpoint const& viewpoint() const { return view_; }
    void zoom(double factor, QPointF around);
    /// Shows all.
    void fit();
    bool isPinned(QString const& node) const { return pins_.contains(node); }
    Dots const& dots() const { return dots_; }
    /// The dots stand where they always do at the beginning, so that pictures are alike.
    void restartDots();

Q_SIGNALS:
    void picked(QString subject);
    void menuWanted(QString subject, QPoint global);

protected:
    void paintEvent(QPaintEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void mouseDoubleClickEvent(QMouseEvent* event) override;
    void wheelEvent(QWheelEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void contextMenuEvent(QContextMenuEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    bool event(QEvent* event) override;

private:
    /// All that is seen of a node; while it stays the same, so do its pixels.
    struct NodeLook {
        Health health = Health::Calm;
        QString text;
        int busy = 0; // of the bar, in hundredths
        bool isSelected = false;
        bool isPinned = false;
        friend bool operator==(NodeLook const&, NodeLook const&) = default;
    };
    struct EdgeLook {
        enum class Trouble : std::uint8_t { None, Some, Much, ByHand };
        enum class Breaker : std::uint8_t { Closed, HalfOpen, Open };
        Trouble trouble = Trouble::None;
        Breaker breaker = Breaker::Closed;
        QString badge;
        bool hasMark() const { return !badge.isEmpty() || breaker == Breaker::Open; }
        friend bool operator==(EdgeLook const&, EdgeLook const&) = default;
    };
    struct Node {
        QString name;
        bool isLoad = false;
        std::uint32_t index = 0; // of the loads or the services
        NodePlace place;
        QRectF box; // in the scene
        NodeLook look;
    };
    struct Edge {
        std::uint32_t call = 0;
        std::size_t from = 0; // nodes
        std::size_t to = 0;
        EdgeTrack track;
        EdgeLook look;
    };
    struct Drag {
        QPoint from;
        Viewpoint view;
        std::optional<std::size_t> node; // none: the ground
        QRectF box;
        bool isMoving = false; // it has gone far enough not to be a click
    };
    /// How much of a node can be read at this scale.
    enum class Detail : std::uint8_t { Sign, Name, All };

    void layOut();
    void placeAll();
    void layTracks();
    void follow();
    Detail detail() const;
    std::optional<std::size_t> nodeAt(QPointF onScreen) const;
    Edge const* edgeAt(QPointF inScene) const;
    Health healthOf(Node const& node) const;
    QStringList linesOf(Node const& node) const;
    QStringList linesOf(Edge const& edge) const;
    NodeLook lookOf(Node const& node) const;
    EdgeLook lookOf(Edge const& edge) const;

    /// What does not move is painted into layers, each on the one before, and again only where it
    /// looks otherwise: the ground with edges; those in trouble; nodes, badges and the legend.
    void renew();
    QPixmap blank() const;
    void renewGround();
    void renewEdges();
    void renewNodes();
    void renewNode(QPainter& painter, Node const& node) const;
    void paintEdge(QPainter& painter, Edge const& edge) const;
    void paintDots(QPainter& painter);
    void paintBadge(QPainter& painter, Edge const& edge) const;
    QRectF badgeOf(Edge const& edge) const;
    void paintNode(QPainter& painter, Node const& node) const;
    void paintName(QPainter& painter, Node const& node, QRectF const& box) const;
    void paintWords(QPainter& painter, Node const& node, QRectF const& box) const;
    void paintLegend(QPainter& painter) const;
    QString dotsText() const;

    std::shared_ptr<Run const> run_;
    std::vector<std::string> laidOut_; // the names that the layout is of
    std::vector<Node> nodes_;
    std::vector<Edge> edges_;
    QHash<QString, QPointF> pins_; // where the boxes of some are, by name
    Snapshot now_;
    Dots dots_;
    double saidPerDot_ = 0;
    Scheme scheme_ = Scheme::Dark;
    QString selected_;
    Viewpoint view_;
    bool isFitted_ = true; // follows the size of the window
    std::optional<Drag> drag_;

    QPixmap ground_;
    QPixmap calls_;
    QPixmap layer_;
    QPixmap goodDot_;
    QPixmap badDot_;
    bool isGroundStale_ = true;
    double ratio_ = 1; // pixels of the device to one of ours
};

} // namespace shakedown::gui
