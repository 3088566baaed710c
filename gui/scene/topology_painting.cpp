#include <algorithm>
#include <cmath>

#include <QFontMetricsF>
#include <QPaintEngine>
#include <QPainter>

#include "gui/scene/scene_metrics.hpp"
#include "gui/scene/topology_view.hpp"
#include "gui/theme/signs.hpp"
#include "reports/render/quantity.hpp"

namespace shakedown::gui {

namespace {

constexpr double dotSize = 5.6; // at scale 1
constexpr double thinnest = 0.8;
constexpr double readable = 30; // pixels of a node's height for all its words
constexpr double nameable = 13; // and for its name

QFont sized(QPainter const& painter, double pixels, bool isBold) {
    QFont font = painter.font();
    font.setPixelSize(std::max(1, static_cast<int>(std::lround(pixels))));
    font.setBold(isBold);
    return font;
}

// Drawn once, put down thousands of times. Round, or square for those that fail.
QPixmap dotOf(QColor const& colour, bool isRound, double size, double ratio) {
    int const whole = static_cast<int>(std::ceil(size)) + 2;
    QPixmap picture(QSize(whole, whole) * ratio);
    picture.setDevicePixelRatio(ratio);
    picture.fill(Qt::transparent);
    QPainter painter(&picture);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(colour);
    QRectF box(0, 0, size, size);
    box.moveCenter({whole / 2.0, whole / 2.0});
    isRound ? painter.drawEllipse(box) : painter.drawRect(box);
    return picture;
}

} // namespace

TopologyView::Detail TopologyView::detail() const {
    double const high = nodeHeight * view_.scale;
    return high >= readable ? Detail::All : high >= nameable ? Detail::Name : Detail::Sign;
}

void TopologyView::paintEvent(QPaintEvent*) {
    auto const& tokens = Tokens::of(scheme_);
    QPainter painter(this);
    if (nodes_.empty()) {
        painter.fillRect(rect(), tokens.ground);
        painter.setPen(tokens.muted);
        painter.drawText(rect(), Qt::AlignCenter,
                         "Nothing to show yet: open a scenario and run it");
        return;
    }
    // Of what is painted on: the screen, or a picture that is denser than it.
    ratio_ = painter.paintEngine()->paintDevice()->devicePixelRatioF();
    renew();
    painter.drawPixmap(0, 0, layer_);
    paintDots(painter);
}

void TopologyView::renew() {
    bool areEdgesStale =
        isGroundStale_ || ground_.size() != size() * ratio_ || ground_.devicePixelRatio() != ratio_;
    if (areEdgesStale)
        renewGround();
    bool areAllStale = areEdgesStale || saidPerDot_ != dots_.perDot();
    for (auto& edge : edges_) {
        auto look = lookOf(edge);
        if (look == edge.look)
            continue;
        areEdgesStale =
            areEdgesStale || look.trouble != edge.look.trouble || look.breaker != edge.look.breaker;
        areAllStale = true;
        edge.look = std::move(look);
    }
    if (areEdgesStale)
        renewEdges();
    std::vector<Node const*> changed;
    for (auto& node : nodes_) {
        auto look = lookOf(node);
        if (look == node.look)
            continue;
        node.look = std::move(look);
        changed.push_back(&node);
    }
    if (areAllStale || changed.size() > nodes_.size() / 3)
        return renewNodes();
    if (changed.empty())
        return;
    QPainter painter(&layer_);
    painter.setRenderHint(QPainter::Antialiasing);
    for (auto const* node : changed)
        renewNode(painter, *node);
}

QPixmap TopologyView::blank() const {
    QPixmap made(size() * ratio_);
    made.setDevicePixelRatio(ratio_);
    return made;
}

void TopologyView::renewGround() {
    auto const& tokens = Tokens::of(scheme_);
    isGroundStale_ = false;
    ground_ = blank();
    ground_.fill(tokens.ground);
    QPainter painter(&ground_);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.translate(view_.offset);
    painter.scale(view_.scale, view_.scale);
    for (auto const& edge : edges_) {
        painter.setPen(QPen(tokens.line, std::max(thinnest / view_.scale, 1.6)));
        painter.drawPath(edge.track.path());
    }
    double const size = dotSize * std::clamp(view_.scale, 0.6, 1.3);
    goodDot_ = dotOf(tokens.accent, true, size, ratio_);
    badDot_ = dotOf(tokens.failing, false, size, ratio_);
}

void TopologyView::renewEdges() {
    calls_ = ground_.copy();
    QPainter painter(&calls_);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.translate(view_.offset);
    painter.scale(view_.scale, view_.scale);
    for (auto const& edge : edges_)
        if (edge.look.trouble != EdgeLook::Trouble::None
            || edge.look.breaker != EdgeLook::Breaker::Closed)
            paintEdge(painter, edge);
}

void TopologyView::renewNodes() {
    layer_ = calls_.copy();
    saidPerDot_ = dots_.perDot();
    QPainter painter(&layer_);
    painter.setRenderHint(QPainter::Antialiasing);
    for (auto const& node : nodes_)
        paintNode(painter, node);
    for (auto const& edge : edges_)
        if (edge.look.hasMark())
            paintBadge(painter, edge);
    paintLegend(painter);
}

// In its own place only, with what lies over it.
void TopologyView::renewNode(QPainter& painter, Node const& node) const {
    QRectF const box = view_.toScreen(node.box).adjusted(-3, -3, 3, 3);
    QRect const place = box.toAlignedRect() & rect();
    if (place.isEmpty())
        return;
    painter.setClipRect(place);
    double const ratio = layer_.devicePixelRatio();
    painter.drawPixmap(QRectF(place), calls_,
                       QRectF(QPointF(place.topLeft()) * ratio, QSizeF(place.size()) * ratio));
    QRectF const touched(place);
    if (pins_.isEmpty()) {
        paintNode(painter, node);
    } else { // a box that was dragged may lie upon another
        for (auto const& other : nodes_)
            if (view_.toScreen(other.box).adjusted(-3, -3, 3, 3).intersects(touched))
                paintNode(painter, other);
    }
    for (auto const& edge : edges_)
        if (edge.look.hasMark() && badgeOf(edge).adjusted(-12, -8, 4, 8).intersects(touched))
            paintBadge(painter, edge);
    if (box.bottom() > height() - legendHeight)
        paintLegend(painter);
    painter.setClipping(false);
}

void TopologyView::paintEdge(QPainter& painter, Edge const& edge) const {
    auto const& tokens = Tokens::of(scheme_);
    using enum EdgeLook::Trouble;
    auto const trouble = edge.look.trouble;
    QPen pen(trouble == ByHand ? tokens.byHand
             : trouble == Much ? tokens.failing
             : trouble == Some ? tokens.degraded
                               : tokens.muted,
             std::max(1.1 / view_.scale, trouble == None ? 1.6 : 2.6));
    if (edge.look.breaker != EdgeLook::Breaker::Closed) {
        // The solid line of the ground would show through the gaps.
        painter.setPen(QPen(tokens.ground, pen.widthF() + 1));
        painter.drawPath(edge.track.path());
        pen.setStyle(Qt::DashLine);
    }
    painter.setPen(pen);
    painter.drawPath(edge.track.path());
}

void TopologyView::paintDots(QPainter& painter) {
    double const half = goodDot_.width() / goodDot_.devicePixelRatio() / 2;
    QRectF const room = rect().adjusted(0, 0, 0, -static_cast<int>(legendHeight));
    for (std::size_t e = 0; e < edges_.size(); ++e) {
        auto const& track = edges_[e].track;
        int const dots = dots_.on(e);
        if (dots == 0 || !view_.toScreen(track.bounds()).adjusted(-4, -4, 4, 4).intersects(room))
            continue;
        // Words on a call stay readable.
        QRectF const badge = edges_[e].look.hasMark() ? badgeOf(edges_[e]) : QRectF();
        for (int i = 0; i < dots; ++i) {
            double const share = dots_.shareOf(e, i);
            if (track.isCoveredAt(share))
                continue;
            QPointF const at = view_.toScreen(track.at(share));
            if (room.contains(at) && !badge.contains(at))
                painter.drawPixmap(at - QPointF(half, half),
                                   dots_.isBad(e, i) ? badDot_ : goodDot_);
        }
    }
}

// Without words, where its bar is.
QRectF TopologyView::badgeOf(Edge const& edge) const {
    QRectF box(0, 0, 1, 18);
    if (!edge.look.badge.isEmpty()) {
        QFont font = this->font();
        font.setPixelSize(11);
        font.setBold(true);
        box.setWidth(QFontMetricsF(font).horizontalAdvance(edge.look.badge) + 12);
    }
    box.moveCenter(view_.toScreen(edge.track.at(0.5)));
    return box;
}

void TopologyView::paintBadge(QPainter& painter, Edge const& edge) const {
    auto const& tokens = Tokens::of(scheme_);
    bool const isOpen = edge.look.breaker == EdgeLook::Breaker::Open;
    QColor const colour = edge.look.trouble == EdgeLook::Trouble::ByHand ? tokens.byHand
                          : isOpen                                       ? tokens.failing
                                                                         : tokens.starting;
    QRectF const box = badgeOf(edge);
    if (isOpen) { // a bar across the edge
        bool const hasWord = !edge.look.badge.isEmpty();
        double const x = hasWord ? box.left() - 8 : box.center().x();
        double const half = hasWord ? 12 : 5;
        painter.setPen(QPen(colour, half / 3, Qt::SolidLine, Qt::RoundCap));
        painter.drawLine(QPointF(x, box.center().y() - half), QPointF(x, box.center().y() + half));
    }
    if (edge.look.badge.isEmpty())
        return;
    painter.setPen(QPen(colour, 1.4));
    painter.setBrush(tokens.panel);
    painter.drawRoundedRect(box, 5, 5);
    painter.setFont(sized(painter, 11, true));
    painter.setPen(tokens.text);
    painter.drawText(box, Qt::AlignCenter, edge.look.badge);
}

void TopologyView::paintNode(QPainter& painter, Node const& node) const {
    auto const& tokens = Tokens::of(scheme_);
    auto const& look = node.look;
    QRectF const box = view_.toScreen(node.box);
    if (!box.intersects(rect()))
        return;
    QPen border(look.health == Health::Calm ? tokens.line : tokens.of(look.health),
                (look.isSelected ? 3 : 1.6) * std::clamp(view_.scale, 0.6, 1.2));
    if (look.isSelected && look.health == Health::Calm)
        border.setColor(tokens.accent);
    painter.setPen(border);
    painter.setBrush(tokens.raised);
    double const round = node.isLoad ? box.height() / 2 : 8 * view_.scale;
    painter.drawRoundedRect(box, round, round);
    switch (detail()) {
    case Detail::Sign:
        paintSign(painter, look.health, box.center(), std::max(4.0, box.height() * 0.7), tokens);
        break;
    case Detail::Name:
        paintSign(painter, look.health, {box.left() + box.height() * 0.55, box.center().y()},
                  box.height() * 0.5, tokens);
        paintName(painter, node, box);
        break;
    case Detail::All:
        paintWords(painter, node, box);
    }
    if (look.isPinned) { // the head of a pin
        painter.setPen(QPen(tokens.text, 1));
        painter.setBrush(tokens.second);
        painter.drawEllipse(QPointF(box.right() - 7 * view_.scale, box.top() + 7 * view_.scale), 3,
                            3);
    }
}

void TopologyView::paintName(QPainter& painter, Node const& node, QRectF const& box) const {
    painter.setFont(sized(painter, std::clamp(box.height() * 0.55, 8.0, 12.0), false));
    painter.setPen(Tokens::of(scheme_).text);
    QRectF const room = box.adjusted(box.height() * 1.0, 0, -3, 0);
    painter.drawText(room, Qt::AlignLeft | Qt::AlignVCenter,
                     painter.fontMetrics().elidedText(node.name, Qt::ElideRight,
                                                      static_cast<int>(room.width())));
}

void TopologyView::paintWords(QPainter& painter, Node const& node, QRectF const& box) const {
    auto const& tokens = Tokens::of(scheme_);
    double const scale = view_.scale;
    if (!node.isLoad) { // busy workers, as a bar
        QRectF const track(box.left() + 10 * scale, box.bottom() - 6 * scale,
                           box.width() - 20 * scale, 3 * scale);
        painter.fillRect(track, tokens.line);
        QRectF busy = track;
        busy.setWidth(track.width() * node.look.busy / 100);
        painter.fillRect(busy, node.look.busy >= 90 ? tokens.degraded : tokens.accent);
    }
    paintSign(painter, node.look.health, {box.left() + 17 * scale, box.top() + 16 * scale},
              12 * scale, tokens);
    painter.setFont(sized(painter, 13 * scale, true));
    painter.setPen(tokens.text);
    QRectF const head(box.left() + 29 * scale, box.top() + 5 * scale, box.width() - 38 * scale,
                      20 * scale);
    painter.drawText(head, Qt::AlignLeft | Qt::AlignVCenter,
                     painter.fontMetrics().elidedText(node.name, Qt::ElideRight,
                                                      static_cast<int>(head.width())));
    painter.setFont(sized(painter, std::max(8.0, 11 * scale), false));
    painter.setPen(tokens.muted);
    QRectF const below(box.left() + 14 * scale, box.top() + 23 * scale, box.width() - 20 * scale,
                       18 * scale);
    painter.drawText(below, Qt::AlignLeft | Qt::AlignVCenter,
                     painter.fontMetrics().elidedText(node.look.text, Qt::ElideRight,
                                                      static_cast<int>(below.width())));
}

QString TopologyView::dotsText() const {
    return "a dot: " + QString::fromStdString(render::rateText(dots_.perDot()))
           + " or less, slower with latency; squares fail";
}

void TopologyView::paintLegend(QPainter& painter) const {
    auto const& tokens = Tokens::of(scheme_);
    QFont font = this->font(); // whatever was painted before
    font.setPixelSize(11);
    painter.setFont(font);
    QFontMetricsF const metrics(font);
    double x = 14;
    painter.fillRect(QRectF(0, height() - legendHeight, width(), legendHeight), tokens.ground);
    double const y = height() - legendHeight / 2;
    for (Health const health :
         {Health::Calm, Health::Busy, Health::Strained, Health::Failing, Health::Down}) {
        paintSign(painter, health, {x, y}, 10, tokens);
        auto const word = wordOf(health);
        QString const text = QString::fromUtf8(word.data(), static_cast<int>(word.size()));
        painter.setPen(tokens.muted);
        painter.drawText(QPointF(x + 10, y + 4), text);
        x += 24 + metrics.horizontalAdvance(text);
    }
    if (dots_.perDot() > 0 && x + metrics.horizontalAdvance(dotsText()) < width())
        painter.drawText(QPointF(x, y + 4), dotsText());
}

} // namespace shakedown::gui
