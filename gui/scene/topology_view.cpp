#include "gui/scene/topology_view.hpp"

#include <algorithm>

#include "gui/scene/compaction.hpp"
#include "gui/scene/scene_metrics.hpp"
#include "gui/scene/traffic.hpp"
#include "gui/theme/signs.hpp"
#include "reports/render/quantity.hpp"

namespace shakedown::gui {

namespace {

constexpr double frameSeconds = 0.04; // of a dot's way, whenever the instant changes
constexpr double largestFit = 1.25;
constexpr double rowSlack = 1.3;
constexpr double aspect = 1.5; // of the picture, at least

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
    if (to != now_.at)
        dots_.step(to > now_.at ? frameSeconds : -frameSeconds);
    now_ = run_ && run_->index().hasHeader() ? run_->index().stateOver(from, to)
                                             : Snapshot{to, {}, {}, {}, {}};
    if (run_ && nodes_.empty())
        layOut();
    follow();
    update();
}

void TopologyView::restartDots() {
    dots_.restart();
    follow();
    update();
}

void TopologyView::follow() {
    std::vector<Traffic> onEdges(edges_.size());
    if (run_ && run_->index().hasHeader()) {
        auto const traffic = trafficAt(run_->index(), now_.at);
        for (std::size_t i = 0; i < edges_.size(); ++i)
            if (edges_[i].call < traffic.size())
                onEdges[i] = traffic[edges_[i].call];
    }
    dots_.setTraffic(onEdges);
}

void TopologyView::setScheme(Scheme scheme) {
    scheme_ = scheme;
    isGroundStale_ = true;
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
        nodes_.push_back({QString::fromStdString(names.loads[i]), true, i, {}, {}, {}});
    for (std::uint32_t i = 0; i < names.services.size(); ++i)
        nodes_.push_back({QString::fromStdString(names.services[i]), false, i, {}, {}, {}});
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
        edges_.push_back({call, from, loads + route.to, {}, {}});
    }
    auto const places = compacted(layeredLayout(graph), rowSlack);
    for (std::size_t i = 0; i < nodes_.size(); ++i)
        nodes_[i].place = places[i];
    placeAll();
    fit();
}

// A tall graph gets wide gaps between its layers: a window is wider than high.
void TopologyView::placeAll() {
    int layers = 1;
    double rows = 1;
    for (auto const& node : nodes_) {
        layers = std::max(layers, node.place.layer + 1);
        rows = std::max(rows, node.place.place + 1);
    }
    double const room = rows * (nodeHeight + rowGap) * aspect - layers * nodeWidth;
    double const gap = std::max(layerGap, layers > 1 ? room / (layers - 1) : 0);
    for (auto& node : nodes_) {
        QPointF const place(node.place.layer * (nodeWidth + gap),
                            node.place.place * (nodeHeight + rowGap));
        node.box = QRectF(pins_.value(node.name, place), QSizeF(nodeWidth, nodeHeight));
    }
    layTracks();
}

void TopologyView::layTracks() {
    std::vector<double> lengths;
    for (auto& edge : edges_) {
        auto const& from = nodes_[edge.from].box;
        auto const& to = nodes_[edge.to].box;
        edge.track = EdgeTrack({from.right(), from.center().y()}, {to.left(), to.center().y()});
        for (std::size_t i = 0; i < nodes_.size(); ++i)
            if (i != edge.from && i != edge.to)
                edge.track.coverBy(nodes_[i].box);
        lengths.push_back(edge.track.length());
    }
    dots_.setEdges(std::move(lengths));
    follow();
    isGroundStale_ = true;
    update();
}

// As large as the window allows, hardly larger than drawn.
void TopologyView::fit() {
    isFitted_ = true;
    QRectF all;
    for (auto const& node : nodes_)
        all = all.united(node.box);
    QRectF const room(0, 0, width(), std::max(1.0, height() - legendHeight));
    view_ = Viewpoint::fitting(all.adjusted(-sceneMargin, -sceneMargin, sceneMargin, sceneMargin),
                               room, largestFit);
    isGroundStale_ = true;
    update();
}

void TopologyView::zoom(double factor, QPointF around) {
    view_.zoom(factor, around);
    isFitted_ = false;
    isGroundStale_ = true;
    update();
}

void TopologyView::resizeEvent(QResizeEvent* event) {
    QWidget::resizeEvent(event);
    isGroundStale_ = true;
    if (isFitted_)
        fit();
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

TopologyView::NodeLook TopologyView::lookOf(Node const& node) const {
    NodeLook look;
    look.health = healthOf(node);
    look.isSelected = node.name == selected_;
    look.isPinned = pins_.contains(node.name);
    if (detail() != Detail::All) // what nobody can read is not made
        return look;
    if (!node.isLoad && node.index < now_.services.size())
        look.busy =
            static_cast<int>(100 * std::clamp(now_.services[node.index].utilisation, 0.0, 1.0));
    auto const lines = linesOf(node);
    look.text =
        lines.size() > 2 && look.health != Health::Calm && node.isLoad ? lines[2] : lines.value(1);
    return look;
}

TopologyView::EdgeLook TopologyView::lookOf(Edge const& edge) const {
    EdgeLook look;
    if (edge.call >= now_.calls.size())
        return look;
    auto const& call = now_.calls[edge.call];
    using enum EdgeLook::Trouble;
    look.trouble = call.byHand > 0        ? ByHand
                   : call.trouble >= 0.1  ? Much
                   : call.trouble >= 0.01 ? Some
                                          : None;
    look.breaker = call.open > 0 || call.byHand > 0 ? EdgeLook::Breaker::Open
                   : call.halfOpen > 0              ? EdgeLook::Breaker::HalfOpen
                                                    : EdgeLook::Breaker::Closed;
    if (detail() == Detail::Sign) // a word would cover its neighbours
        return look;
    QStringList words;
    if (call.amplification >= 1.1)
        words << QString("x%1").arg(call.amplification, 0, 'f', 1);
    if (call.byHand > 0)
        words << "OPEN by hand";
    else if (call.open > 0)
        words << "OPEN";
    else if (call.halfOpen > 0)
        words << "half-open";
    look.badge = words.join("  ");
    return look;
}

std::optional<std::size_t> TopologyView::nodeAt(QPointF onScreen) const {
    QPointF const at = view_.toScene(onScreen);
    for (std::size_t i = 0; i < nodes_.size(); ++i)
        if (nodes_[i].box.contains(at))
            return i;
    return std::nullopt;
}

TopologyView::Edge const* TopologyView::edgeAt(QPointF inScene) const {
    double const near = 6 / view_.scale;
    Edge const* nearest = nullptr;
    double least = near;
    for (auto const& edge : edges_) {
        if (!edge.track.bounds().adjusted(-near, -near, near, near).contains(inScene))
            continue;
        double const distance = edge.track.distanceTo(inScene);
        if (distance <= least) {
            least = distance;
            nearest = &edge;
        }
    }
    return nearest;
}

QString TopologyView::subjectAt(QPoint point) const {
    if (auto const node = nodeAt(point))
        return nodes_[*node].name;
    if (auto const* edge = edgeAt(view_.toScene(point)))
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
            return view_.toScreen(node.box);
    return {};
}

} // namespace shakedown::gui
