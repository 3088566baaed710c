#include "gui/scene/topology_view.hpp"

#include <algorithm>
#include <cmath>

#include <QContextMenuEvent>
#include <QFontMetricsF>
#include <QHelpEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QToolTip>

#include "gui/theme/signs.hpp"
#include "reports/render/quantity.hpp"

namespace shakedown::gui {

namespace {

constexpr double nodeWidth = 158;
constexpr double nodeHeight = 50;
constexpr double layerGap = 96;
constexpr double rowGap = 18;
constexpr double margin = 24;
constexpr double legendHeight = 26;
constexpr double smallest = 0.25;
constexpr int mostDots = 14; // an edge

QString shareText(double share) {
    return QString::fromStdString(render::shareText(share));
}
QString rateText(double perSecond) {
    return QString::fromStdString(render::rateText(perSecond));
}
QString spanText(Duration span) {
    return QString::fromStdString(render::spanText(span.inSeconds()));
}

} // namespace

TopologyView::TopologyView(QWidget* parent) : QWidget(parent) {
    setMouseTracking(true);
    setMinimumSize(320, 200);
    setFocusPolicy(Qt::StrongFocus);
    setAccessibleName("Topology");
}

void TopologyView::setRun(std::shared_ptr<Run const> run) {
    run_ = std::move(run);
    layOut();
    setTime(now_.at);
}

void TopologyView::setSpan(SimTime from, SimTime to) {
    now_ = run_ && run_->index().hasHeader() ? run_->index().stateOver(from, to)
                                             : Snapshot{to, {}, {}, {}, {}};
    if (run_ && nodes_.empty())
        layOut();
    update();
}

void TopologyView::setScheme(Scheme scheme) {
    scheme_ = scheme;
    update();
}

void TopologyView::layOut() {
    if (!run_ || !run_->index().hasHeader()) {
        nodes_.clear();
        edges_.clear();
        laidOut_.clear();
        return;
    }
    auto const& names = run_->index().header().names;
    std::vector<std::string> now = names.loads;
    now.insert(now.end(), names.services.begin(), names.services.end());
    now.insert(now.end(), names.calls.begin(), names.calls.end());
    if (now == laidOut_)
        return;
    laidOut_ = std::move(now);
    nodes_.clear();
    edges_.clear();
    auto const loads = static_cast<std::uint32_t>(names.loads.size());
    for (std::uint32_t i = 0; i < loads; ++i)
        nodes_.push_back({QString::fromStdString(names.loads[i]), true, i, {}, {}});
    for (std::uint32_t i = 0; i < names.services.size(); ++i)
        nodes_.push_back({QString::fromStdString(names.services[i]), false, i, {}, {}});
    Graph graph;
    graph.nodes = nodes_.size();
    auto const& routes = run_->index().routes();
    for (std::uint32_t call = 0; call < routes.size(); ++call) {
        auto const& route = routes[call];
        if (route.to == record::nobody
            || (route.fromLoad == record::nobody && route.fromService == record::nobody))
            continue;
        std::uint32_t const from =
            route.fromLoad != record::nobody ? route.fromLoad : loads + route.fromService;
        graph.edges.emplace_back(from, loads + route.to);
        edges_.push_back({call, from, loads + route.to, {}});
    }
    auto const places = layeredLayout(graph);
    for (std::size_t i = 0; i < nodes_.size(); ++i)
        nodes_[i].place = places[i];
    placeAll();
}

// As large as the window allows, at most as drawn.
void TopologyView::placeAll() {
    int layers = 0;
    double rows = 0;
    for (auto const& node : nodes_) {
        layers = std::max(layers, node.place.layer + 1);
        rows = std::max(rows, node.place.place + 1);
    }
    if (layers == 0)
        return;
    double const wide = layers * nodeWidth + (layers - 1) * layerGap + 2 * margin;
    double const high = rows * (nodeHeight + rowGap) - rowGap + 2 * margin;
    double const room = std::max(1.0, height() - legendHeight);
    scale_ = std::clamp(std::min(width() / wide, room / high), smallest, 1.25);
    double const left = std::max(0.0, (width() / scale_ - wide) / 2) + margin;
    double const top = std::max(0.0, (room / scale_ - high) / 2) + margin;
    for (auto& node : nodes_)
        node.box = QRectF(left + node.place.layer * (nodeWidth + layerGap),
                          top + node.place.place * (nodeHeight + rowGap), nodeWidth, nodeHeight);
    for (auto& edge : edges_) {
        QPointF const from(nodes_[edge.from].box.right(), nodes_[edge.from].box.center().y());
        QPointF const to(nodes_[edge.to].box.left(), nodes_[edge.to].box.center().y());
        double const bend = std::max(40.0, std::abs(to.x() - from.x()) / 2);
        edge.path = QPainterPath(from);
        edge.path.cubicTo(from + QPointF(bend, 0), to - QPointF(bend, 0), to);
    }
}

void TopologyView::resizeEvent(QResizeEvent* event) {
    QWidget::resizeEvent(event);
    placeAll();
}

Health TopologyView::healthOf(Node const& node) const {
    if (node.isLoad)
        return node.index < now_.loads.size() ? now_.loads[node.index].health : Health::Calm;
    return node.index < now_.services.size() ? now_.services[node.index].health : Health::Calm;
}

QStringList TopologyView::linesOf(Node const& node) const {
    QStringList lines{node.name};
    if (node.isLoad && node.index < now_.loads.size()) {
        auto const& load = now_.loads[node.index];
        lines << rateText(load.good) + " good of " + rateText(load.offered);
        QStringList more;
        if (load.badShare > 0.0005)
            more << shareText(load.badShare) + " fail";
        if (load.p99 > Duration())
            more << "p99 " + spanText(load.p99);
        lines << more.join(", ");
    } else if (!node.isLoad && node.index < now_.services.size()) {
        auto const& service = now_.services[node.index];
        QString busy = QString("%1/%2 busy").arg(service.inService).arg(service.workers);
        if (service.queue > 0)
            busy += QString(", %1 wait").arg(service.queue);
        lines << busy;
        QString state = QString::fromUtf8(wordOf(service.health).data(),
                                          static_cast<int>(wordOf(service.health).size()));
        if (service.trouble > 0.0005)
            state += " " + shareText(service.trouble);
        if (service.gone > 0)
            state += QString(", %1 of %2 gone").arg(service.gone).arg(service.replicas.size());
        lines << state;
    }
    return lines;
}

QStringList TopologyView::linesOf(Edge const& edge) const {
    QStringList lines;
    if (edge.call >= now_.calls.size())
        return lines;
    auto const& call = now_.calls[edge.call];
    lines << rateText(call.attempts);
    if (call.amplification >= 1.1)
        lines << QString("x%1").arg(call.amplification, 0, 'f', 1);
    if (call.byHand > 0)
        lines << "OPEN by hand";
    else if (call.open > 0)
        lines << "OPEN";
    else if (call.halfOpen > 0)
        lines << "half-open";
    if (call.trouble > 0.0005)
        lines << shareText(call.trouble) + " fail";
    return lines;
}

void TopologyView::paintEvent(QPaintEvent*) {
    auto const& tokens = Tokens::of(scheme_);
    QPainter painter(this);
    painter.fillRect(rect(), tokens.ground);
    painter.setRenderHint(QPainter::Antialiasing);
    if (nodes_.empty()) {
        painter.setPen(tokens.muted);
        painter.drawText(rect(), Qt::AlignCenter,
                         "Nothing to show yet: open a scenario and run it");
        return;
    }
    painter.save();
    painter.scale(scale_, scale_);
    for (auto const& edge : edges_)
        paintEdge(painter, edge);
    for (auto const& edge : edges_)
        paintDots(painter, edge);
    for (auto const& node : nodes_)
        paintNode(painter, node);
    for (auto const& edge : edges_)
        paintBadges(painter, edge);
    painter.restore();
    paintLegend(painter);
}

void TopologyView::paintEdge(QPainter& painter, Edge const& edge) const {
    auto const& tokens = Tokens::of(scheme_);
    QColor colour = tokens.line;
    double width = 1.2;
    bool isOpen = false;
    bool isHalf = false;
    if (edge.call < now_.calls.size()) {
        auto const& call = now_.calls[edge.call];
        width = 1.2 + std::min(4.0, std::log10(1 + call.attempts));
        if (call.trouble >= 0.1)
            colour = tokens.failing;
        else if (call.trouble >= 0.01)
            colour = tokens.degraded;
        isOpen = call.open > 0;
        isHalf = call.halfOpen > 0;
        if (call.byHand > 0)
            colour = tokens.byHand;
    }
    QPen pen(colour, width);
    if (isOpen || isHalf)
        pen.setStyle(Qt::DashLine);
    painter.setBrush(Qt::NoBrush);
    painter.setPen(pen);
    painter.drawPath(edge.path);
}

// Their number grows with the root of the rate; they move with simulated time.
void TopologyView::paintDots(QPainter& painter, Edge const& edge) const {
    if (edge.call >= now_.calls.size())
        return;
    auto const& call = now_.calls[edge.call];
    if (call.attempts <= 0)
        return;
    auto const& tokens = Tokens::of(scheme_);
    int const dots =
        std::clamp(static_cast<int>(std::lround(std::sqrt(call.attempts) / 2)), 1, mostDots);
    double const phase = std::fmod(now_.at.inSeconds() * 0.8, 1.0);
    auto const bad = static_cast<int>(std::lround(call.trouble * dots));
    painter.setPen(Qt::NoPen);
    for (int i = 0; i < dots; ++i) {
        double const along = std::fmod((i + phase) / dots, 1.0);
        bool const isBad = i < bad;
        painter.setBrush(isBad ? tokens.failing : tokens.accent);
        QPointF const at = edge.path.pointAtPercent(along);
        if (isBad)
            painter.drawRect(QRectF(at.x() - 3, at.y() - 3, 6, 6));
        else
            painter.drawEllipse(at, 2.8, 2.8);
    }
}

void TopologyView::paintBadges(QPainter& painter, Edge const& edge) const {
    if (edge.call >= now_.calls.size())
        return;
    auto const& call = now_.calls[edge.call];
    QStringList words;
    if (call.amplification >= 1.1)
        words << QString("x%1").arg(call.amplification, 0, 'f', 1);
    if (call.byHand > 0)
        words << "OPEN by hand";
    else if (call.open > 0)
        words << "OPEN";
    else if (call.halfOpen > 0)
        words << "half-open";
    if (words.isEmpty())
        return;
    auto const& tokens = Tokens::of(scheme_);
    QPointF const middle = edge.path.pointAtPercent(0.5);
    QFont font = painter.font();
    font.setPixelSize(11);
    font.setBold(true);
    painter.setFont(font);
    QString const text = words.join("  ");
    QFontMetricsF const metrics(font);
    QRectF box(0, 0, metrics.horizontalAdvance(text) + 12, 18);
    box.moveCenter(middle);
    bool const isOpen = call.open > 0 || call.byHand > 0;
    QColor const edgeColour = call.byHand > 0 ? tokens.byHand
                              : isOpen        ? tokens.failing
                                              : tokens.starting;
    if (isOpen) { // a bar across the edge
        painter.setPen(QPen(edgeColour, 4, Qt::SolidLine, Qt::RoundCap));
        painter.drawLine(QPointF(box.left() - 8, middle.y() - 12),
                         QPointF(box.left() - 8, middle.y() + 12));
    }
    painter.setPen(QPen(edgeColour, 1.4));
    painter.setBrush(tokens.panel);
    painter.drawRoundedRect(box, 5, 5);
    painter.setPen(tokens.text);
    painter.drawText(box, Qt::AlignCenter, text);
}

void TopologyView::paintNode(QPainter& painter, Node const& node) const {
    auto const& tokens = Tokens::of(scheme_);
    Health const health = healthOf(node);
    bool const isSelected = node.name == selected_;
    QPen border(health == Health::Calm ? tokens.line : tokens.of(health), isSelected ? 3 : 1.6);
    if (isSelected && health == Health::Calm)
        border.setColor(tokens.accent);
    painter.setPen(border);
    painter.setBrush(tokens.raised);
    double const round = node.isLoad ? nodeHeight / 2 : 8;
    painter.drawRoundedRect(node.box, round, round);
    if (!node.isLoad && node.index < now_.services.size()) { // busy workers, as a bar
        double const share = std::clamp(now_.services[node.index].utilisation, 0.0, 1.0);
        QRectF const track(node.box.left() + 10, node.box.bottom() - 6, nodeWidth - 20, 3);
        painter.fillRect(track, tokens.line);
        painter.fillRect(QRectF(track.left(), track.top(), track.width() * share, 3),
                         share >= 0.9 ? tokens.degraded : tokens.accent);
    }
    paintSign(painter, health, {node.box.left() + 17, node.box.top() + 16}, 12, tokens);
    auto const lines = linesOf(node);
    QFont font = painter.font();
    font.setPixelSize(13);
    font.setBold(true);
    painter.setFont(font);
    painter.setPen(tokens.text);
    QRectF const head(node.box.left() + 29, node.box.top() + 5, nodeWidth - 36, 20);
    painter.drawText(head, Qt::AlignLeft | Qt::AlignVCenter,
                     QFontMetricsF(font).elidedText(lines[0], Qt::ElideRight, head.width()));
    font.setPixelSize(11);
    font.setBold(false);
    painter.setFont(font);
    painter.setPen(tokens.muted);
    QRectF const below(node.box.left() + 14, node.box.top() + 23, nodeWidth - 20, 18);
    QString text = lines.value(1);
    if (lines.size() > 2 && health != Health::Calm)
        text = node.isLoad ? lines[2] : lines[1];
    painter.drawText(below, Qt::AlignLeft | Qt::AlignVCenter,
                     QFontMetricsF(font).elidedText(text, Qt::ElideRight, below.width()));
}

void TopologyView::paintLegend(QPainter& painter) const {
    auto const& tokens = Tokens::of(scheme_);
    QFont font = painter.font();
    font.setPixelSize(11);
    painter.setFont(font);
    QFontMetricsF const metrics(font);
    double x = 14;
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
    QString const dots = "dots: requests, more with the rate; squares fail";
    if (x + metrics.horizontalAdvance(dots) < width())
        painter.drawText(QPointF(x, y + 4), dots);
}

TopologyView::Edge const* TopologyView::edgeAt(QPointF point) const {
    QPainterPathStroker stroker;
    stroker.setWidth(10);
    for (auto const& edge : edges_)
        if (edge.path.boundingRect().adjusted(-6, -6, 6, 6).contains(point)
            && stroker.createStroke(edge.path).contains(point))
            return &edge;
    return nullptr;
}

QString TopologyView::subjectAt(QPoint point) const {
    QPointF const at = QPointF(point) / scale_;
    for (auto const& node : nodes_)
        if (node.box.contains(at))
            return node.name;
    if (auto const* edge = edgeAt(at))
        return QString::fromStdString(run_->index().header().names.calls[edge->call]);
    return {};
}

QStringList TopologyView::textOf(QString const& subject) const {
    for (auto const& node : nodes_)
        if (node.name == subject)
            return linesOf(node);
    for (auto const& edge : edges_)
        if (QString::fromStdString(run_->index().header().names.calls[edge.call]) == subject)
            return linesOf(edge);
    return {};
}

QRectF TopologyView::boxOf(QString const& subject) const {
    for (auto const& node : nodes_)
        if (node.name == subject)
            return QRectF(node.box.topLeft() * scale_, node.box.size() * scale_);
    return {};
}

void TopologyView::mousePressEvent(QMouseEvent* event) {
    if (event->button() != Qt::LeftButton)
        return;
    selected_ = subjectAt(event->pos());
    update();
    if (!selected_.isEmpty())
        Q_EMIT picked(selected_);
}

void TopologyView::mouseMoveEvent(QMouseEvent* event) {
    setCursor(subjectAt(event->pos()).isEmpty() ? Qt::ArrowCursor : Qt::PointingHandCursor);
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
        for (auto& line : lines)
            line = line.toHtmlEscaped();
        QToolTip::showText(help->globalPos(), lines.join("<br>"), this);
        return true;
    }
    return QWidget::event(event);
}

} // namespace shakedown::gui
