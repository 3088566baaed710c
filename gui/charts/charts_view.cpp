#include "gui/charts/charts_view.hpp"

#include <QGridLayout>

#include <qcustomplot.h>

namespace shakedown::gui {

namespace {

constexpr double headroom = 1.1;
constexpr int narrowest = 180; // of a chart, where there is a choice

// Curves of a chart are told apart by their dash too.
QPen penOf(std::size_t curve, bool isB, Tokens const& tokens) {
    QColor const colours[] = {tokens.muted, tokens.ok, tokens.failing, tokens.byHand};
    Qt::PenStyle const styles[] = {Qt::SolidLine, Qt::SolidLine, Qt::DashLine, Qt::DotLine};
    QPen pen(isB ? tokens.second : colours[curve % 4], isB ? 1.6 : 1.8);
    pen.setStyle(isB ? Qt::DashDotLine : styles[curve % 4]);
    return pen;
}

} // namespace

ChartsView::ChartsView(QWidget* parent) : QWidget(parent) {
    grid_ = new QGridLayout(this);
    grid_->setContentsMargins(0, 0, 0, 0);
    grid_->setSpacing(2);
    for (ChartKind const kind : allCharts) {
        Chart chart{kind, new QCustomPlot(this), nullptr, nullptr};
        chart.plot->setMinimumSize(150, 80);
        chart.cursor = new QCPItemStraightLine(chart.plot);
        chart.plot->addLayer("cursor");
        chart.plot->layer("cursor")->setMode(QCPLayer::lmBuffered);
        chart.cursor->setLayer("cursor");
        chart.title = new QCPTextElement(chart.plot, "");
        // Title and names of the curves stand above the chart, not in it.
        auto* legend = chart.plot->legend;
        chart.plot->axisRect()->insetLayout()->take(legend);
        legend->setFillOrder(QCPLegend::foColumnsFirst);
        for (int row = 0; row < 2; ++row)
            chart.plot->plotLayout()->insertRow(0);
        chart.plot->plotLayout()->addElement(0, 0, chart.title);
        chart.plot->plotLayout()->addElement(1, 0, legend);
        for (int row = 0; row < 2; ++row)
            chart.plot->plotLayout()->setRowStretchFactor(row, 0.001);
        chart.plot->plotLayout()->setRowSpacing(0);
        connect(chart.plot, &QCustomPlot::mousePress, this,
                [this, plot = chart.plot](QMouseEvent* event) {
                    double const seconds = plot->xAxis->pixelToCoord(event->position().x());
                    Q_EMIT timeWanted(SimTime::at(Duration::fromSeconds(std::max(0.0, seconds))));
                });
        charts_.push_back(chart);
    }
    place(static_cast<int>(charts_.size()));
    setAccessibleName("Charts");
}

void ChartsView::place(int aRow) {
    aRow_ = aRow;
    for (auto& chart : charts_)
        grid_->removeWidget(chart.plot);
    for (int i = 0; i < static_cast<int>(charts_.size()); ++i)
        grid_->addWidget(charts_[static_cast<std::size_t>(i)].plot, i / aRow, i % aRow);
}

// As many beside each other as have room, in rows of about the same length.
void ChartsView::resizeEvent(QResizeEvent* event) {
    QWidget::resizeEvent(event);
    int const count = static_cast<int>(charts_.size());
    int const most = std::clamp(width() / narrowest, 1, count);
    int const rows = (count + most - 1) / most;
    if (int const aRow = (count + rows - 1) / rows; aRow != aRow_)
        place(aRow);
}

ChartsView::~ChartsView() = default;

void ChartsView::setRuns(std::shared_ptr<Run const> a, std::shared_ptr<Run const> b) {
    a_ = std::move(a);
    b_ = std::move(b);
    refresh();
}

void ChartsView::setSubject(QString const& subject) {
    subject_ = subject;
    refresh();
}

void ChartsView::setStretch(std::optional<Stretch> stretch) {
    stretch_ = stretch;
    fitTime();
}

void ChartsView::setAround(std::optional<Duration> around) {
    around_ = around;
    fitTime();
}

QStringList ChartsView::curveNames() const {
    QStringList names;
    for (auto const& chart : charts_)
        for (int i = 0; i < chart.plot->graphCount(); ++i)
            names.push_back(chart.plot->graph(i)->name());
    return names;
}

Stretch ChartsView::shownStretch() const {
    auto const range = charts_.front().plot->xAxis->range();
    return {SimTime::at(Duration::fromSeconds(std::max(0.0, range.lower))),
            SimTime::at(Duration::fromSeconds(range.upper))};
}

void ChartsView::fitTime() {
    double lasts = 1;
    for (auto const* run : {a_.get(), b_.get()})
        if (run != nullptr && run->index().hasHeader())
            lasts = std::max(lasts, run->index().header().lasts.inSeconds());
    double from = 0;
    double to = lasts;
    if (around_) {
        from = std::max(0.0, at_.inSeconds() - around_->inSeconds() / 2);
        to = from + around_->inSeconds();
    } else if (stretch_) {
        from = stretch_->from.inSeconds();
        to = stretch_->to.inSeconds();
    }
    for (auto& chart : charts_) {
        chart.plot->xAxis->setRange(from, to);
        double highest = 0;
        for (int i = 0; i < chart.plot->graphCount(); ++i) {
            bool isThere = false;
            auto const range =
                chart.plot->graph(i)->getValueRange(isThere, QCP::sdPositive, {from, to});
            highest = isThere ? std::max(highest, range.upper) : highest;
        }
        chart.plot->yAxis->setRange(0, highest > 0 ? highest * headroom : 1);
        chart.plot->replot(QCustomPlot::rpQueuedReplot);
    }
}

void ChartsView::setScheme(Scheme scheme) {
    scheme_ = scheme;
    refresh();
}

void ChartsView::refresh() {
    for (auto& chart : charts_)
        paint(chart);
    fitTime();
    setTime(at_);
}

// Only the layer of the cursor is painted anew, unless the charts move with it.
void ChartsView::setTime(SimTime at) {
    at_ = at;
    for (auto& chart : charts_) {
        chart.cursor->point1->setCoords(at.inSeconds(), 0);
        chart.cursor->point2->setCoords(at.inSeconds(), 1);
        if (!around_)
            chart.cursor->layer()->replot();
    }
    if (around_)
        fitTime();
}

void ChartsView::dress(Chart& chart) const {
    auto const& tokens = Tokens::of(scheme_);
    auto& plot = *chart.plot;
    plot.setBackground(tokens.panel);
    QFont font = plot.font();
    font.setPixelSize(10);
    for (auto* axis : {plot.xAxis, plot.yAxis}) {
        axis->setBasePen(QPen(tokens.line));
        axis->setTickPen(QPen(tokens.line));
        axis->setSubTickPen(Qt::NoPen);
        axis->setTickLabelColor(tokens.muted);
        axis->setTickLabelFont(font);
        axis->setLabelColor(tokens.muted);
        axis->setLabelFont(font);
        axis->grid()->setPen(QPen(tokens.line, 0.5, Qt::DotLine));
        axis->grid()->setZeroLinePen(QPen(tokens.line));
        axis->ticker()->setTickCount(4);
    }
    chart.title->setTextColor(tokens.text);
    chart.title->setFont(font);
    chart.title->setTextFlags(Qt::AlignLeft | Qt::AlignVCenter);
    chart.title->setMargins({8, 2, 0, 0});
    plot.legend->setVisible(true);
    plot.legend->setBrush(Qt::NoBrush);
    plot.legend->setBorderPen(Qt::NoPen);
    plot.legend->setTextColor(tokens.muted);
    plot.legend->setFont(font);
    plot.legend->setIconSize(14, 8);
    plot.legend->setIconTextPadding(3);
    plot.legend->setColumnSpacing(6);
    plot.legend->setMargins({8, 0, 4, 0});
    chart.cursor->setPen(QPen(tokens.accent, 1.4));
}

void ChartsView::paint(Chart& chart) {
    auto& plot = *chart.plot;
    plot.clearGraphs();
    dress(chart);
    auto const& tokens = Tokens::of(scheme_);
    bool isB = false;
    for (auto const* run : {a_.get(), b_.get()}) {
        if (run != nullptr && run->index().hasHeader()) {
            auto const curves = curvesOf(run->index(), chart.kind, subject_.toStdString());
            for (std::size_t i = 0; i < curves.curves.size(); ++i) {
                auto const& curve = curves.curves[i];
                auto* graph = plot.addGraph();
                graph->setPen(penOf(i, isB, tokens));
                graph->setName(QString::fromStdString(curve.name) + (isB ? " (B)" : ""));
                graph->setData(QVector<double>(curve.seconds.begin(), curve.seconds.end()),
                               QVector<double>(curve.values.begin(), curve.values.end()), true);
                if (isB)
                    graph->removeFromLegend(); // there is no room for twice as many
            }
            chart.title->setText(QString::fromStdString(curves.title)
                                 + (isB ? "   (B: dash and dot)" : ""));
        }
        isB = true;
    }
}

} // namespace shakedown::gui
