#include "gui/timeline/timeline_view.hpp"

#include <algorithm>

#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>

#include "gui/theme/ticks.hpp"

namespace shakedown::gui {

namespace {

constexpr double labelWidth = 132;
constexpr double rightMargin = 14;
constexpr double axisHeight = 20;
constexpr double eventsHeight = 22;
constexpr double largestLane = 26;
constexpr double smallestLane = 13; // its name can be read
constexpr double laneGap = 2;
constexpr int fewestLanes = 3;
constexpr int lanesAlwaysSeen = 5;

QString secondsText(double seconds) {
    return QString::number(seconds, 'g', 6) + " s";
}

} // namespace

TimelineView::TimelineView(QWidget* parent) : QWidget(parent) {
    setFocusPolicy(Qt::StrongFocus);
    setMinimumHeight(90);
    setAccessibleName("Timeline");
}

void TimelineView::setRun(std::shared_ptr<Run const> run) {
    run_ = std::move(run);
    setMinimumHeight(
        static_cast<int>(axisHeight + eventsHeight
                         + std::clamp(lanes(), fewestLanes, lanesAlwaysSeen) * (smallestLane + 1)));
    scrollTo(firstLane_);
    refresh();
}

void TimelineView::refresh() {
    isStale_ = true;
    update();
}

void TimelineView::setTime(SimTime at) {
    at_ = at;
    update();
}

void TimelineView::setBrush(std::optional<Stretch> stretch) {
    brush_ = stretch;
    update();
}

void TimelineView::setScheme(Scheme scheme) {
    scheme_ = scheme;
    refresh();
}

void TimelineView::resizeEvent(QResizeEvent* event) {
    QWidget::resizeEvent(event);
    isStale_ = true;
}

Duration TimelineView::lasts() const {
    if (!run_ || !run_->index().hasHeader())
        return Duration::seconds(1);
    auto const& index = run_->index();
    Duration const whole = std::max(index.header().lasts, index.reach().sinceStart());
    return std::max(whole, Duration::milliseconds(1));
}

double TimelineView::xOf(SimTime at) const {
    double const wide = std::max(1.0, width() - labelWidth - rightMargin);
    return labelWidth + wide * (at.inSeconds() / lasts().inSeconds());
}

SimTime TimelineView::timeAt(double x) const {
    double const wide = std::max(1.0, width() - labelWidth - rightMargin);
    double const share = std::clamp((x - labelWidth) / wide, 0.0, 1.0);
    return SimTime::at(Duration::fromSeconds(share * lasts().inSeconds()));
}

int TimelineView::lanes() const {
    if (!run_ || !run_->index().hasHeader())
        return 0;
    auto const& names = run_->index().header().names;
    return static_cast<int>(names.loads.size() + names.services.size());
}

QRectF TimelineView::laneOf(int lane) const {
    double const room = height() - axisHeight - eventsHeight;
    double const each = std::clamp(room / std::max(1, lanes()), smallestLane, largestLane);
    return {labelWidth, eventsHeight + (lane - firstLane_) * each,
            width() - labelWidth - rightMargin, each - laneGap};
}

void TimelineView::paintEvent(QPaintEvent*) {
    if (isStale_ || layer_.size() != size() * devicePixelRatioF()) {
        paintLayer();
        isStale_ = false;
    }
    auto const& tokens = Tokens::of(scheme_);
    QPainter painter(this);
    painter.drawPixmap(0, 0, layer_);
    if (lanes() == 0)
        return;
    if (brush_) {
        QColor shade = tokens.accent;
        shade.setAlphaF(0.18F);
        painter.fillRect(
            QRectF(QPointF(xOf(brush_->from), 0), QPointF(xOf(brush_->to), height() - axisHeight)),
            shade);
    }
    double const x = xOf(at_);
    painter.setPen(QPen(tokens.accent, 2));
    painter.drawLine(QPointF(x, 0), QPointF(x, height() - axisHeight + 4));
    QString const text = QString::number(at_.inSeconds(), 'f', 2) + " s";
    QFont font = painter.font();
    font.setPixelSize(11);
    font.setBold(true);
    painter.setFont(font);
    QRectF box(0, 0, QFontMetricsF(font).horizontalAdvance(text) + 10, 16);
    box.moveCenter({x, height() - axisHeight / 2});
    box.moveLeft(std::clamp(box.left(), 0.0, width() - box.width()));
    painter.fillRect(box, tokens.accent);
    painter.setPen(tokens.ground);
    painter.drawText(box, Qt::AlignCenter, text);
}

void TimelineView::paintLayer() {
    layer_ = QPixmap(size() * devicePixelRatioF());
    layer_.setDevicePixelRatio(devicePixelRatioF());
    auto const& tokens = Tokens::of(scheme_);
    layer_.fill(tokens.panel);
    QPainter painter(&layer_);
    painter.setRenderHint(QPainter::Antialiasing);
    QFont font = painter.font();
    font.setPixelSize(11);
    painter.setFont(font);
    if (lanes() == 0) {
        painter.setPen(tokens.muted);
        painter.drawText(rect(), Qt::AlignCenter, "Time stands here once there is a run");
        return;
    }
    paintLanes(painter);
    paintEvents(painter);
    paintBreakers(painter);
    paintAxis(painter);
}

void TimelineView::paintLanes(QPainter& painter) const {
    auto const& tokens = Tokens::of(scheme_);
    auto const& index = run_->index();
    auto const& names = index.header().names;
    auto const loads = static_cast<int>(names.loads.size());
    for (int lane = firstLane_; lane < lanes(); ++lane) {
        bool const isLoad = lane < loads;
        auto const number = static_cast<std::uint32_t>(isLoad ? lane : lane - loads);
        QRectF const box = laneOf(lane);
        if (box.bottom() > height() - axisHeight)
            break;
        painter.fillRect(box, tokens.ground);
        // Stretches of the same health are one rectangle; full for failing, lower for less.
        std::size_t const count = index.intervalEnds().size();
        for (std::size_t i = 0; i < count;) {
            Health const health =
                isLoad ? index.loadHealth(i, number) : index.serviceHealth(i, number);
            std::size_t end = i + 1;
            while (end < count
                   && (isLoad ? index.loadHealth(end, number) : index.serviceHealth(end, number))
                          == health)
                ++end;
            if (health != Health::Calm) {
                double const share = health == Health::Failing || health == Health::Down ? 1.0
                                     : health == Health::Strained                        ? 0.66
                                                                                         : 0.33;
                SimTime const from = i == 0 ? SimTime() : index.intervalEnds()[i - 1];
                double const left = xOf(from);
                double const right = std::max(left + 1, xOf(index.intervalEnds()[end - 1]));
                QRectF const heat(left, box.bottom() - box.height() * share, right - left,
                                  box.height() * share);
                if (health == Health::Down) {
                    painter.setPen(QPen(tokens.down, 1));
                    painter.setBrush(Qt::NoBrush);
                    painter.drawRect(heat.adjusted(0.5, 0.5, -0.5, -0.5));
                } else {
                    painter.fillRect(heat, tokens.of(health));
                }
            }
            i = end;
        }
        painter.setPen(isLoad ? tokens.text : tokens.muted);
        auto const& name = isLoad ? names.loads[number] : names.services[number];
        QRectF const label(8, box.top(), labelWidth - 16, box.height());
        painter.drawText(label, Qt::AlignRight | Qt::AlignVCenter,
                         painter.fontMetrics().elidedText(QString::fromStdString(name),
                                                          Qt::ElideRight,
                                                          static_cast<int>(label.width())));
    }
}

void TimelineView::paintEvents(QPainter& painter) const {
    auto const& tokens = Tokens::of(scheme_);
    auto const& index = run_->index();
    double const bottom = height() - axisHeight;
    double named = 0; // so far to the right are names
    for (auto const& span : index.events()) {
        double const left = xOf(span.begin);
        double const right = span.end == SimTime::never() ? xOf(index.reach()) : xOf(span.end);
        QColor shade = tokens.degraded;
        shade.setAlphaF(0.16F);
        painter.fillRect(QRectF(left, 0, std::max(2.0, right - left), bottom), shade);
        painter.fillRect(QRectF(left, 0, std::max(2.0, right - left), 3), tokens.degraded);
        painter.setPen(tokens.text);
        // Where two bands overlap, the second name stands behind the first, or nowhere.
        auto const name = QString::fromStdString(index.header().names.events[span.event]);
        double const from = std::max(left + 4, named + 10);
        double const wide = painter.fontMetrics().horizontalAdvance(name);
        if (from > left + 4 && from + wide > right)
            continue;
        painter.drawText(QRectF(from, 4, wide + 2, eventsHeight - 6),
                         Qt::AlignLeft | Qt::AlignVCenter, name);
        named = from + wide;
    }
}

// At the lane of the service that the call goes to: a thin strip while a breaker is not closed.
void TimelineView::paintBreakers(QPainter& painter) const {
    auto const& tokens = Tokens::of(scheme_);
    auto const& index = run_->index();
    auto const loads = static_cast<int>(index.header().names.loads.size());
    for (std::uint32_t call = 0; call < index.routes().size(); ++call) {
        auto const& course = index.breakers(call);
        if (course.empty() || index.routes()[call].to == record::nobody)
            continue;
        int const lane = loads + static_cast<int>(index.routes()[call].to);
        QRectF const box = laneOf(lane);
        if (lane < firstLane_ || box.bottom() > height() - axisHeight)
            continue;
        for (std::size_t i = 0; i < course.size(); ++i) {
            auto const state = course[i].worst;
            if (state == record::BreakerState::Closed || state == record::BreakerState::Disabled)
                continue;
            double const left = xOf(course[i].at);
            double const right = i + 1 < course.size() ? xOf(course[i + 1].at) : xOf(index.reach());
            QColor const colour = state == record::BreakerState::ForcedOpen ? tokens.byHand
                                  : state == record::BreakerState::Open     ? tokens.text
                                                                            : tokens.starting;
            painter.fillRect(QRectF(left, box.top(), std::max(1.5, right - left), 3), colour);
        }
    }
}

void TimelineView::paintAxis(QPainter& painter) const {
    auto const& tokens = Tokens::of(scheme_);
    if (lanesShown() < lanes()) {
        painter.setPen(tokens.muted);
        painter.drawText(QRectF(8, height() - axisHeight, labelWidth - 16, axisHeight),
                         Qt::AlignLeft | Qt::AlignVCenter,
                         QString("\u2195 %1-%2 of %3")
                             .arg(firstLane_ + 1)
                             .arg(std::min(lanes(), firstLane_ + lanesShown()))
                             .arg(lanes()));
    }
    double const whole = lasts().inSeconds();
    double const step = tickStep(whole, 8);
    painter.setPen(tokens.muted);
    double const y = height() - axisHeight;
    for (double t = 0; t <= whole * 1.0001; t += step) {
        double const x = xOf(SimTime::at(Duration::fromSeconds(t)));
        painter.drawLine(QPointF(x, y), QPointF(x, y + 4));
        painter.drawText(QRectF(x - 40, y + 4, 80, axisHeight - 4), Qt::AlignCenter,
                         secondsText(t));
    }
}

void TimelineView::mousePressEvent(QMouseEvent* event) {
    if (event->button() != Qt::LeftButton || lanes() == 0)
        return;
    SimTime const at = timeAt(event->position().x());
    if (event->modifiers().testFlag(Qt::ShiftModifier)) {
        brushBegan_ = at;
        return;
    }
    removeBrush();
    Q_EMIT timeWanted(at);
}

void TimelineView::removeBrush() {
    if (!std::exchange(brush_, std::nullopt))
        return;
    update();
    Q_EMIT brushed(std::nullopt);
}

void TimelineView::mouseMoveEvent(QMouseEvent* event) {
    if (!event->buttons().testFlag(Qt::LeftButton) || lanes() == 0)
        return;
    SimTime const at = timeAt(event->position().x());
    if (!brushBegan_) {
        Q_EMIT timeWanted(at);
        return;
    }
    brush_ = Stretch{std::min(*brushBegan_, at), std::max(*brushBegan_, at)};
    update();
}

void TimelineView::mouseReleaseEvent(QMouseEvent*) {
    if (brushBegan_ && brush_)
        Q_EMIT brushed(brush_);
    brushBegan_.reset();
}

int TimelineView::lanesShown() const {
    double const room = height() - axisHeight - eventsHeight;
    return std::max(1, static_cast<int>(room / (laneOf(0).height() + laneGap)));
}

void TimelineView::scrollTo(int lane) {
    int const first = std::clamp(lane, 0, std::max(0, lanes() - lanesShown()));
    if (first == std::exchange(firstLane_, first))
        return;
    isStale_ = true;
    update();
}

void TimelineView::wheelEvent(QWheelEvent* event) {
    scrollTo(firstLane_ - event->angleDelta().y() / 120 * 3);
    event->accept();
}

void TimelineView::keyPressEvent(QKeyEvent* event) {
    Duration const step = lasts() * (event->modifiers().testFlag(Qt::ShiftModifier) ? 0.05 : 0.005);
    SimTime const end = SimTime::at(lasts());
    if (event->key() == Qt::Key_Left)
        Q_EMIT timeWanted(std::max(SimTime(), at_ - step));
    else if (event->key() == Qt::Key_Right)
        Q_EMIT timeWanted(std::min(end, at_ + step));
    else if (event->key() == Qt::Key_Up)
        scrollTo(firstLane_ - 1);
    else if (event->key() == Qt::Key_Down)
        scrollTo(firstLane_ + 1);
    else if (event->key() == Qt::Key_PageUp)
        scrollTo(firstLane_ - lanesShown());
    else if (event->key() == Qt::Key_PageDown)
        scrollTo(firstLane_ + lanesShown());
    else if (event->key() == Qt::Key_Home)
        Q_EMIT timeWanted(SimTime());
    else if (event->key() == Qt::Key_End)
        Q_EMIT timeWanted(end);
    else if (event->key() == Qt::Key_Escape && brush_)
        removeBrush();
    else
        QWidget::keyPressEvent(event);
}

} // namespace shakedown::gui
