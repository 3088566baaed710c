#include "gui/trace/waterfall_view.hpp"

#include <algorithm>
#include <cmath>

#include <QHelpEvent>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QScrollBar>
#include <QToolTip>
#include <QWheelEvent>

#include "gui/trace/life_words.hpp"
#include "gui/trace/waterfall_metrics.hpp"

namespace shakedown::gui {

namespace {

constexpr double mostZoom = 100'000;
constexpr double zoomStep = 1.25;
constexpr double narrow = 380;

} // namespace

WaterfallView::WaterfallView(QWidget* parent) : QAbstractScrollArea(parent) {
    setFocusPolicy(Qt::StrongFocus);
    setAccessibleName("Life of a request");
    setMinimumHeight(140);
    setFrameShape(QFrame::NoFrame);
    verticalScrollBar()->setSingleStep(rowHeight);
    sentence_ = "Choose a request to see its life";
}

void WaterfallView::setRequest(std::shared_ptr<Run const> run, record::Request const& request) {
    run_ = std::move(run);
    waterfall_.emplace(request, run_->index().reach());
    sentence_ = sentenceOf(*waterfall_, run_->index().header());
    selected_.reset();
    zoom_ = 1;
    measure();
    horizontalScrollBar()->setValue(0);
    verticalScrollBar()->setValue(0);
    if (waterfall_->cause())
        select(*waterfall_->cause());
    viewport()->update();
}

void WaterfallView::clear(QString const& sentence) {
    waterfall_.reset();
    selected_.reset();
    run_.reset();
    sentence_ = sentence;
    zoom_ = 1;
    measure();
    viewport()->update();
}

void WaterfallView::setScheme(Scheme scheme) {
    scheme_ = scheme;
    viewport()->update();
}

double WaterfallView::nameWidth() const {
    return std::clamp(viewport()->width() * 0.3, 90.0, 230.0);
}

double WaterfallView::noteWidth() const {
    double const wide = viewport()->width();
    return wide < narrow ? signSize + rightMargin : std::clamp(wide * 0.33, 130.0, 236.0);
}

double WaterfallView::plotWidth() const {
    return std::max(1.0, viewport()->width() - nameWidth() - rightMargin - noteWidth());
}

double WaterfallView::rowsTop() const {
    return headHeight + axisHeight;
}

double WaterfallView::rowsBottom() const {
    return viewport()->height() - legendHeight;
}

double WaterfallView::secondsInAll() const {
    return waterfall_ ? std::max(1e-9, (waterfall_->end() - waterfall_->begin()).inSeconds()) : 1;
}

double WaterfallView::xOf(SimTime at) const {
    double const share = waterfall_ ? (at - waterfall_->begin()).inSeconds() / secondsInAll() : 0;
    return nameWidth() + share * plotWidth() * zoom_ - horizontalScrollBar()->value();
}

SimTime WaterfallView::timeAt(double x) const {
    if (!waterfall_)
        return {};
    double const share = (x - nameWidth() + horizontalScrollBar()->value()) / (plotWidth() * zoom_);
    return waterfall_->begin()
           + Duration::fromSeconds(std::clamp(share, 0.0, 1.0) * secondsInAll());
}

double WaterfallView::yOf(std::size_t row) const {
    return rowsTop() + static_cast<double>(row) * rowHeight - verticalScrollBar()->value();
}

std::pair<std::size_t, std::size_t> WaterfallView::rowsInSight() const {
    if (!waterfall_ || rowsBottom() <= rowsTop())
        return {0, 0};
    auto const first = static_cast<std::size_t>(verticalScrollBar()->value() / rowHeight);
    auto const many = static_cast<std::size_t>((rowsBottom() - rowsTop()) / rowHeight) + 2;
    return {first, std::min(waterfall_->rows().size(), first + many)};
}

std::optional<std::size_t> WaterfallView::rowAt(QPointF point) const {
    if (!waterfall_ || point.y() < rowsTop() || point.y() >= rowsBottom())
        return std::nullopt;
    auto const row = static_cast<std::size_t>((point.y() - rowsTop() + verticalScrollBar()->value())
                                              / rowHeight);
    return row < waterfall_->rows().size() ? std::optional(row) : std::nullopt;
}

void WaterfallView::measure() {
    double const high = waterfall_ ? static_cast<double>(waterfall_->rows().size()) * rowHeight : 0;
    int const room = static_cast<int>(std::max(0.0, rowsBottom() - rowsTop()));
    verticalScrollBar()->setPageStep(room);
    verticalScrollBar()->setRange(0, std::max(0, static_cast<int>(high) - room));
    horizontalScrollBar()->setPageStep(static_cast<int>(plotWidth()));
    horizontalScrollBar()->setRange(0, static_cast<int>(plotWidth() * (zoom_ - 1)));
    horizontalScrollBar()->setSingleStep(40);
}

void WaterfallView::resizeEvent(QResizeEvent* event) {
    QAbstractScrollArea::resizeEvent(event);
    measure();
}

// What stands at `around` stays there.
void WaterfallView::setZoom(double zoom, double around) {
    if (!waterfall_)
        return;
    double const share =
        (around - nameWidth() + horizontalScrollBar()->value()) / (plotWidth() * zoom_);
    zoom_ = std::clamp(zoom, 1.0, mostZoom);
    measure();
    horizontalScrollBar()->setValue(
        static_cast<int>(share * plotWidth() * zoom_ - (around - nameWidth())));
    viewport()->update();
}

void WaterfallView::select(std::size_t row) {
    if (!waterfall_ || row >= waterfall_->rows().size())
        return;
    selected_ = row;
    int const top = static_cast<int>(row) * rowHeight;
    auto* bar = verticalScrollBar();
    int const room = static_cast<int>(rowsBottom() - rowsTop());
    if (top < bar->value())
        bar->setValue(top);
    else if (top + rowHeight > bar->value() + room)
        bar->setValue(top + rowHeight - room);
    viewport()->update();
}

void WaterfallView::wheelEvent(QWheelEvent* event) {
    double const steps = event->angleDelta().y() / 120.0;
    if (event->modifiers().testFlag(Qt::ControlModifier))
        setZoom(zoom_ * std::pow(zoomStep, steps), event->position().x());
    else
        QAbstractScrollArea::wheelEvent(event);
}

bool WaterfallView::isMoved(int key) {
    if (!waterfall_ || waterfall_->rows().empty())
        return false;
    auto const last = static_cast<std::ptrdiff_t>(waterfall_->rows().size()) - 1;
    auto const page = static_cast<std::ptrdiff_t>((rowsBottom() - rowsTop()) / rowHeight);
    std::ptrdiff_t to = selected_ ? static_cast<std::ptrdiff_t>(*selected_) : -1;
    switch (key) {
    case Qt::Key_Up:
        to = std::max<std::ptrdiff_t>(0, to - 1);
        break;
    case Qt::Key_Down:
        ++to;
        break;
    case Qt::Key_PageUp:
        to -= page;
        break;
    case Qt::Key_PageDown:
        to += page;
        break;
    case Qt::Key_Home:
        to = 0;
        break;
    case Qt::Key_End:
        to = last;
        break;
    case Qt::Key_C:
        if (!waterfall_->cause())
            return false;
        to = static_cast<std::ptrdiff_t>(*waterfall_->cause());
        break;
    default:
        return false;
    }
    select(static_cast<std::size_t>(std::clamp<std::ptrdiff_t>(to, 0, last)));
    return true;
}

void WaterfallView::keyPressEvent(QKeyEvent* event) {
    double const middle = nameWidth() + plotWidth() / 2;
    auto* along = horizontalScrollBar();
    if (isMoved(event->key()))
        return;
    switch (event->key()) {
    case Qt::Key_Return:
    case Qt::Key_Enter:
        if (!selected_)
            break;
        if (event->modifiers().testFlag(Qt::ShiftModifier))
            wantSubject(*selected_);
        else
            Q_EMIT timeWanted(waterfall_->rows()[*selected_].times.sent);
        break;
    case Qt::Key_Plus:
    case Qt::Key_Equal:
        setZoom(zoom_ * zoomStep, middle);
        break;
    case Qt::Key_Minus:
        setZoom(zoom_ / zoomStep, middle);
        break;
    case Qt::Key_0:
        setZoom(1, middle);
        break;
    case Qt::Key_Left:
        along->setValue(along->value() - along->singleStep());
        break;
    case Qt::Key_Right:
        along->setValue(along->value() + along->singleStep());
        break;
    default:
        QAbstractScrollArea::keyPressEvent(event);
    }
}

void WaterfallView::wantSubject(std::size_t row) {
    auto const& calls = run_->index().header().names.calls;
    auto const call = waterfall_->spanOf(waterfall_->rows()[row]).call;
    if (call < calls.size())
        Q_EMIT subjectWanted(QString::fromStdString(calls[call]));
}

void WaterfallView::mousePressEvent(QMouseEvent* event) {
    if (auto const row = rowAt(event->position()))
        select(*row);
}

// At a name its call, at a bar the instant under the pointer.
void WaterfallView::mouseDoubleClickEvent(QMouseEvent* event) {
    auto const row = rowAt(event->position());
    if (!row)
        return;
    if (event->position().x() < nameWidth())
        wantSubject(*row);
    else
        Q_EMIT timeWanted(timeAt(event->position().x()));
}

bool WaterfallView::viewportEvent(QEvent* event) {
    if (event->type() != QEvent::ToolTip)
        return QAbstractScrollArea::viewportEvent(event);
    auto* help = static_cast<QHelpEvent*>(event);
    auto const row = rowAt(help->pos());
    if (!row) {
        QToolTip::hideText();
        return true;
    }
    auto lines = linesOf(*waterfall_, waterfall_->rows()[*row], run_->index().header());
    for (auto& line : lines)
        line = line.toHtmlEscaped();
    lines.front() = "<b>" + lines.front() + "</b>";
    QToolTip::showText(help->globalPos(), lines.join("<br>"), viewport());
    return true;
}

} // namespace shakedown::gui
