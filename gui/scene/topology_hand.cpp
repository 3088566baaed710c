#include <algorithm>
#include <cmath>

#include <QApplication>
#include <QContextMenuEvent>
#include <QHelpEvent>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QToolTip>
#include <QWheelEvent>

#include "gui/scene/topology_view.hpp"

/// The hand in the picture: picking, dragging, zooming.
namespace shakedown::gui {

namespace {

constexpr double zoomStep = 1.2;
constexpr double moveStep = 60; // on the screen

} // namespace

void TopologyView::mousePressEvent(QMouseEvent* event) {
    bool const isLeft = event->button() == Qt::LeftButton;
    if (!isLeft && event->button() != Qt::MiddleButton)
        return;
    auto const node = isLeft ? nodeAt(event->position()) : std::nullopt;
    drag_ = Drag{event->pos(), view_, node, node ? nodes_[*node].box : QRectF(), false};
    if (!isLeft)
        return;
    selected_ = subjectAt(event->pos());
    update();
    if (!selected_.isEmpty())
        Q_EMIT picked(selected_);
}

void TopologyView::mouseMoveEvent(QMouseEvent* event) {
    if (!drag_ || event->buttons() == Qt::NoButton) {
        setCursor(subjectAt(event->pos()).isEmpty() ? Qt::ArrowCursor : Qt::PointingHandCursor);
        return;
    }
    QPoint const way = event->pos() - drag_->from;
    drag_->isMoving = drag_->isMoving || way.manhattanLength() >= QApplication::startDragDistance();
    if (!drag_->isMoving)
        return;
    setCursor(Qt::ClosedHandCursor);
    if (!drag_->node) {
        view_.offset = drag_->view.offset + way;
        isFitted_ = false;
        isGroundStale_ = true;
        update();
        return;
    }
    auto& node = nodes_[*drag_->node];
    node.box = drag_->box.translated(QPointF(way) / view_.scale);
    pins_.insert(node.name, node.box.topLeft());
    layTracks();
}

void TopologyView::mouseReleaseEvent(QMouseEvent*) {
    drag_.reset();
    setCursor(Qt::ArrowCursor);
}

void TopologyView::mouseDoubleClickEvent(QMouseEvent* event) {
    auto const node = nodeAt(event->position());
    if (!node || pins_.remove(nodes_[*node].name) == 0)
        return;
    placeAll();
}

void TopologyView::wheelEvent(QWheelEvent* event) {
    double const steps = event->angleDelta().y() / 120.0;
    if (steps != 0)
        zoom(std::pow(zoomStep, steps), event->position());
}

void TopologyView::keyPressEvent(QKeyEvent* event) {
    QPointF way;
    switch (event->key()) {
    case Qt::Key_F:
        return fit();
    case Qt::Key_Plus:
    case Qt::Key_Equal:
        return zoom(zoomStep, rect().center());
    case Qt::Key_Minus:
        return zoom(1 / zoomStep, rect().center());
    case Qt::Key_Left:
        way = {moveStep, 0};
        break;
    case Qt::Key_Right:
        way = {-moveStep, 0};
        break;
    case Qt::Key_Up:
        way = {0, moveStep};
        break;
    case Qt::Key_Down:
        way = {0, -moveStep};
        break;
    default:
        return QWidget::keyPressEvent(event);
    }
    view_.offset += way;
    isFitted_ = false;
    isGroundStale_ = true;
    update();
}

void TopologyView::contextMenuEvent(QContextMenuEvent* event) {
    QString const subject = subjectAt(event->pos());
    if (!subject.isEmpty())
        Q_EMIT menuWanted(subject, event->globalPos());
}

bool TopologyView::event(QEvent* event) {
    if (event->type() == QEvent::ToolTip) {
        auto* help = static_cast<QHelpEvent*>(event);
        QString const subject = subjectAt(help->pos());
        auto lines = textOf(subject);
        if (!lines.isEmpty() && lines.front() != subject)
            lines.prepend(subject);
        if (isPinned(subject))
            lines << "stays where it was put; a double click lets it go";
        for (auto& line : lines)
            line = line.toHtmlEscaped();
        QToolTip::showText(help->globalPos(), lines.join("<br>"), this);
        return true;
    }
    return QWidget::event(event);
}

} // namespace shakedown::gui
