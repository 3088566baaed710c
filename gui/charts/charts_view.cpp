#include "gui/charts/charts_view.hpp"

#include <QGridLayout>

#include <qcustomplot.h>

namespace shakedown::gui {

namespace {

constexpr int chartsARow = 3;
constexpr char const* cursorLayer = "cursor";

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
    auto* grid = new QGridLayout(this);
    grid->setContentsMargins(0, 0, 0, 0);
    grid->setSpacing(2);
    int i = 0;
    for (ChartKind const kind : allCharts) {
        Chart chart{kind, new QCustomPlot(this), nullptr, nullptr};
        chart.plot->setMinimumSize(150, 96);
        chart.cursor = new QCPItemStraightLine(chart.plot);
        // A layer of its own: when the cursor moves, no curve is drawn again.
        chart.plot->addLayer(cursorLayer);
        chart.plot->layer(cursorLayer)->setMode(QCPLayer::lmBuffered);
        chart.cursor->setLayer(cursorLayer);
        chart.title = new QCPTextElement(chart.plot, "");
        // Title and names of the curves stand above the chart, not in it.
        auto* head = new QCPLayoutGrid;
        auto* legend = chart.plot->legend;
        chart.plot->axisRect()->insetLayout()->take(legend);
        head->addElement(0, 0, chart.title);
        head->addElement(0, 1, legend);
        head->setColumnStretchFactor(1, 0.001);
        legend->setFillOrder(QCPLegend::foColumnsFirst);
        chart.plot->plotLayout()->insertRow(0);
        chart.plot->plotLayout()->addElement(0, 0, head);
        chart.plot->plotLayout()->setRowStretchFactor(0, 0.001);
        chart.plot->plotLayout()->setRowSpacing(0);
        connect(chart.plot, &QCustomPlot::mousePress, this,
                [this, plot = chart.plot](QMouseEvent* event) {
                    double const seconds = plot->xAxis->pixelToCoord(event->position().x());
                    Q_EMIT timeWanted(SimTime::at(Duration::fromSeconds(std::max(0.0, seconds))));
                });
        grid->addWidget(chart.plot, i / chartsARow, i % chartsARow);
        charts_.push_back(chart);
        ++i;
    }
    setAccessibleName("Charts");
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

void ChartsView::setStretch(std::optional<std::pair<SimTime, SimTime>> stretch) {
    stretch_ = stretch;
    refresh();
}

void ChartsView::setScheme(Scheme scheme) {
    scheme_ = scheme;
    refresh();
}

void ChartsView::refresh() {
    for (auto& chart : charts_)
        paint(chart);
}

void ChartsView::setTime(SimTime at) {
    at_ = at;
    for (auto& chart : charts_) {
        chart.cursor->point1->setCoords(at.inSeconds(), 0);
        chart.cursor->point2->setCoords(at.inSeconds(), 1);
        chart.plot->layer(cursorLayer)->replot();
    }
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
    plot.legend->setMargins({0, 0, 4, 0});
    chart.cursor->setPen(QPen(tokens.accent, 1.4));
}

void ChartsView::paint(Chart& chart) {
    auto& plot = *chart.plot;
    plot.clearGraphs();
    dress(chart);
    auto const& tokens = Tokens::of(scheme_);
    double lasts = 1;
    bool isB = false;
    for (auto const* run : {a_.get(), b_.get()}) {
        if (run != nullptr && run->index().hasHeader()) {
            auto const curves = curvesOf(run->index(), chart.kind, subject_.toStdString());
            lasts = std::max(lasts, run->index().header().lasts.inSeconds());
            for (std::size_t i = 0; i < curves.curves.size(); ++i) {
                auto const& curve = curves.curves[i];
                auto* graph = plot.addGraph();
                graph->setPen(penOf(i, isB, tokens));
                graph->setName(QString::fromStdString(curve.name) + (isB ? " (B)" : ""));
                graph->setData(QVector<double>(curve.seconds.begin(), curve.seconds.end()),
                               QVector<double>(curve.values.begin(), curve.values.end()), true);
                if (isB && i + 1 < curves.curves.size() && chart.kind != ChartKind::Goodput)
                    graph->removeFromLegend();
            }
            chart.title->setText(QString::fromStdString(curves.title));
        }
        isB = true;
    }
    plot.rescaleAxes();
    plot.yAxis->setRangeLower(0);
    plot.yAxis->setRangeUpper(std::max(1e-9, plot.yAxis->range().upper * 1.1));
    if (stretch_)
        plot.xAxis->setRange(stretch_->first.inSeconds(), stretch_->second.inSeconds());
    else
        plot.xAxis->setRange(0, lasts);
    plot.replot(QCustomPlot::rpQueuedReplot);
}

} // namespace shakedown::gui
