#include <algorithm>

#include <QPainter>
#include <QScrollBar>

#include "gui/theme/signs.hpp"
#include "gui/theme/ticks.hpp"
#include "gui/trace/life_words.hpp"
#include "gui/trace/waterfall_metrics.hpp"
#include "gui/trace/waterfall_view.hpp"

namespace shakedown::gui {

namespace {

constexpr double barHeight = 12;
constexpr double wayWidth = 2;
constexpr double indent = 11;
constexpr std::uint32_t deepestIndent = 7;
constexpr double smallestBar = 1.5;
constexpr double lastsWidth = 58;
constexpr char const* axisTitle = "since its start";

QFont fontOf(QPainter const& painter, int pixels, bool isBold = false) {
    QFont font = painter.font();
    font.setPixelSize(pixels);
    font.setBold(isBold);
    return font;
}

QColor faded(QColor colour, float alpha) {
    colour.setAlphaF(alpha);
    return colour;
}

void paintQueue(QPainter& painter, QRectF const& box, Tokens const& tokens) {
    painter.fillRect(box, tokens.ground);
    painter.fillRect(box, QBrush(tokens.degraded, Qt::BDiagPattern));
    painter.setPen(QPen(tokens.degraded, 1));
    painter.setBrush(Qt::NoBrush);
    painter.drawRect(box.adjusted(0.5, 0.5, -0.5, -0.5));
}

void paintUnwaited(QPainter& painter, QRectF const& box, Tokens const& tokens) {
    painter.fillRect(box, faded(tokens.accent, 0.25F));
    painter.setPen(QPen(tokens.accent, 1, Qt::DotLine));
    painter.setBrush(Qt::NoBrush);
    painter.drawRect(box.adjusted(0.5, 0.5, -0.5, -0.5));
}

} // namespace

void WaterfallView::paintEvent(QPaintEvent*) {
    auto const& tokens = Tokens::of(scheme_);
    QPainter painter(viewport());
    painter.fillRect(viewport()->rect(), tokens.ground);
    if (!waterfall_) {
        painter.setPen(tokens.muted);
        painter.setFont(fontOf(painter, 12));
        painter.drawText(viewport()->rect().adjusted(12, 0, -12, 0),
                         Qt::AlignCenter | Qt::TextWordWrap, sentence_);
        return;
    }
    paintAxis(painter);
    auto const [first, last] = rowsInSight();
    painter.save();
    painter.setClipRect(QRectF(0, rowsTop(), viewport()->width(), rowsBottom() - rowsTop()));
    for (std::size_t row = first; row < last; ++row)
        paintRow(painter, row);
    painter.restore();
    paintHead(painter);
    paintLegend(painter);
}

void WaterfallView::paintHead(QPainter& painter) const {
    auto const& tokens = Tokens::of(scheme_);
    paintSign(painter, signOf(waterfall_->request()), {14, headHeight / 2}, 13, tokens);
    painter.setFont(fontOf(painter, 12, true));
    painter.setPen(tokens.text);
    painter.drawText(QRectF(28, 2, viewport()->width() - 36, headHeight - 4),
                     Qt::AlignLeft | Qt::AlignVCenter | Qt::TextWordWrap, sentence_);
}

// Since the request began.
void WaterfallView::paintAxis(QPainter& painter) const {
    auto const& tokens = Tokens::of(scheme_);
    painter.setFont(fontOf(painter, 11));
    double const left = nameWidth();
    double const right = left + plotWidth();
    double const from = (timeAt(left) - waterfall_->begin()).inSeconds();
    double const inSight = secondsInAll() / zoom_;
    double const step = tickStep(inSight, std::max(1.0, plotWidth() / 80));
    bool const isLong = inSight >= 5;
    double const unit = isLong ? 1 : 1e-3;
    double const y = rowsTop();
    painter.fillRect(QRectF(0, headHeight, viewport()->width(), axisHeight), tokens.panel);
    for (double t = std::ceil(from / step) * step; t <= from + inSight * 1.0001; t += step) {
        double const x = xOf(waterfall_->begin() + Duration::fromSeconds(t));
        painter.setPen(tokens.line);
        painter.drawLine(QPointF(x, y), QPointF(x, rowsBottom()));
        painter.setPen(tokens.muted);
        QString const text = QString::number(t / unit, 'g', 7) + (isLong ? " s" : " ms");
        QRectF box(x - 38, headHeight, 76, axisHeight);
        box.moveLeft(std::clamp(box.left(), left - 38, std::max(left - 38, right - 38)));
        painter.drawText(box, Qt::AlignCenter, text);
    }
    painter.setPen(tokens.muted);
    QRectF const label(8, headHeight, left - 46, axisHeight);
    if (painter.fontMetrics().horizontalAdvance(axisTitle) <= label.width())
        painter.drawText(label, Qt::AlignLeft | Qt::AlignVCenter, axisTitle);
    double const end = xOf(waterfall_->ended());
    if (end >= left && end <= right + 1) { // for its sender it is over
        painter.setPen(QPen(tokens.text, 1, Qt::DashLine));
        painter.drawLine(QPointF(end, y), QPointF(end, rowsBottom()));
    }
}

void WaterfallView::paintRow(QPainter& painter, std::size_t row) const {
    auto const& tokens = Tokens::of(scheme_);
    auto const& line = waterfall_->rows()[row];
    double const y = yOf(row);
    QRectF const box(0, y, viewport()->width(), rowHeight);
    if (line.isCause)
        painter.fillRect(box, faded(tokens.failing, 0.22F));
    if (selected_ == row) {
        painter.fillRect(box, faded(tokens.accent, 0.16F));
        painter.fillRect(QRectF(0, y, 3, rowHeight), tokens.accent);
    }
    paintName(painter, row);
    painter.save();
    painter.setClipRect(QRectF(nameWidth(), y, plotWidth() + 4, rowHeight), Qt::IntersectClip);
    paintBar(painter, line, y);
    painter.restore();
    paintNote(painter, line, y);
}

void WaterfallView::paintName(QPainter& painter, std::size_t row) const {
    auto const& tokens = Tokens::of(scheme_);
    auto const& line = waterfall_->rows()[row];
    auto const& calls = run_->index().header().names.calls;
    auto const call = waterfall_->spanOf(line).call;
    double const left = 8 + std::min(line.depth, deepestIndent) * indent;
    QRectF const box(left, yOf(row), nameWidth() - left - 8, rowHeight);
    QString const name = call < calls.size() ? QString::fromStdString(calls[call]) : "?";
    painter.setFont(fontOf(painter, 12, line.isCritical));
    painter.setPen(line.isCritical ? tokens.text : tokens.muted);
    // Where there is no room for both: who called stands in the row above.
    auto const metrics = painter.fontMetrics();
    bool const fits = metrics.horizontalAdvance(name) <= box.width();
    painter.drawText(box, Qt::AlignLeft | Qt::AlignVCenter,
                     metrics.elidedText(fits ? name : name.section(" -> ", -1), Qt::ElideRight,
                                        static_cast<int>(box.width())));
}

QRectF WaterfallView::stretch(SimTime from, SimTime to, double top, double high) const {
    double const left = std::max(nameWidth() - 4, xOf(from));
    double const right = std::min(nameWidth() + plotWidth() + 8, xOf(to));
    return right < left ? QRectF() : QRectF(left, top, std::max(smallestBar, right - left), high);
}

void WaterfallView::paintBar(QPainter& painter, WaterfallRow const& row, double y) const {
    auto const& tokens = Tokens::of(scheme_);
    auto const& times = row.times;
    double const top = y + (rowHeight - barHeight) / 2 - 1;
    double const middle = top + barHeight / 2 - wayWidth / 2;
    painter.fillRect(stretch(times.sent, times.answered, middle, wayWidth), tokens.muted);
    if (times.hasArrived) {
        SimTime const left = times.hasStarted ? times.started : times.ended;
        if (left > times.arrived)
            paintQueue(painter, stretch(times.arrived, left, top, barHeight), tokens);
        SimTime const waited = std::clamp(times.answered, left, times.ended);
        if (waited > left)
            painter.fillRect(stretch(left, waited, top, barHeight), tokens.accent);
        if (times.ended > waited)
            paintUnwaited(painter, stretch(waited, times.ended, top, barHeight), tokens);
    }
    double const begin = xOf(times.sent);
    painter.fillRect(QRectF(begin, top, smallestBar, barHeight), tokens.muted);
    if (row.isCritical)
        painter.fillRect(stretch(times.sent, times.answered, top + barHeight + 2, 2), tokens.text);
}

// How long its caller waited, and how it ended: in a column of its own, so that no bar is covered.
void WaterfallView::paintNote(QPainter& painter, WaterfallRow const& row, double y) const {
    auto const& tokens = Tokens::of(scheme_);
    auto const cause = waterfall_->spanOf(row).cause;
    double const left = viewport()->width() - noteWidth();
    bool const hasRoom = noteWidth() > signSize + rightMargin;
    double const begin = hasRoom ? left + lastsWidth + 8 : left;
    if (cause != record::Cause::None)
        paintSign(painter, cause == record::Cause::Cancelled ? Health::Down : Health::Failing,
                  {begin + signSize / 2, y + rowHeight / 2.0}, signSize, tokens);
    if (!hasRoom)
        return;
    painter.setFont(fontOf(painter, 11, row.isCause));
    painter.setPen(row.isCause ? tokens.text : tokens.muted);
    painter.drawText(QRectF(left, y, lastsWidth, rowHeight), Qt::AlignRight | Qt::AlignVCenter,
                     row.isAnswered ? lastsText(row.times.answered - row.times.sent)
                                    : QString("no answer"));
    QStringList words;
    if (cause != record::Cause::None)
        words << wordsOf(cause);
    if (auto const attempt = attemptText(*waterfall_, row); !attempt.isEmpty())
        words << "attempt " + attempt;
    QRectF const box(begin + signSize + 5, y, noteWidth() - lastsWidth - signSize - 19, rowHeight);
    painter.drawText(box, Qt::AlignLeft | Qt::AlignVCenter,
                     painter.fontMetrics().elidedText(words.join(", "), Qt::ElideRight,
                                                      static_cast<int>(box.width())));
}

void WaterfallView::paintLegend(QPainter& painter) const {
    auto const& tokens = Tokens::of(scheme_);
    QRectF const box(0, rowsBottom(), viewport()->width(), legendHeight);
    painter.fillRect(box, tokens.panel);
    painter.setFont(fontOf(painter, 11));
    double const y = box.center().y();
    double x = 10;
    auto const say = [&](QString const& text, auto const& paint) {
        double const wide = 26 + painter.fontMetrics().horizontalAdvance(text) + 14;
        if (x + wide > viewport()->width() + 10)
            return;
        paint(QRectF(x, y - 5, 20, 10));
        painter.setPen(tokens.muted);
        painter.drawText(QRectF(x + 26, box.top(), wide, legendHeight),
                         Qt::AlignLeft | Qt::AlignVCenter, text);
        x += wide;
    };
    say("in a queue", [&](QRectF const& r) { paintQueue(painter, r, tokens); });
    say("in service", [&](QRectF const& r) { painter.fillRect(r, tokens.accent); });
    say("on the way", [&](QRectF const& r) {
        painter.fillRect(QRectF(r.left(), y - 1, r.width(), wayWidth), tokens.muted);
    });
    say("nobody waits", [&](QRectF const& r) { paintUnwaited(painter, r, tokens); });
    say("ended the request", [&](QRectF const& r) {
        painter.fillRect(r, faded(tokens.failing, 0.35F));
        paintSign(painter, Health::Failing, r.center(), 8, tokens);
    });
    say("critical path", [&](QRectF const& r) {
        painter.fillRect(QRectF(r.left(), y + 2, r.width(), 2), tokens.text);
    });
}

} // namespace shakedown::gui
