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
    Qt::PenStyle const stylesOfB[] = {Qt::DashDotLine, Qt::DashLine, Qt::DotLine,
                                      Qt::DashDotDotLine};
    QPen pen(isB ? tokens.second : colours[curve % 4], isB ? 1.6 : 1.8);
    pen.setStyle(isB ? stylesOfB[curve % 4] : styles[curve % 4]);
    return pen;
}

} // namespace

ChartsView::ChartsView(QWidget* parent) : QWidget(parent) {
    grid_ = new QGridLayout(this);
    grid_->setContentsMargins(0, 0, 0, 0);
    grid_->setSpacing(2);
    for (ChartKind const kind : allCharts) {
        Chart chart;
        chart.kind = kind;
        chart.plot = new QCustomPlot(this);
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
        chart.plot->setPlottingHint(QCP::phFastPolylines);
        charts_.push_back(chart);
    }
    for (auto& chart : charts_)
        dress(chart);
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
    redraw();
}

void ChartsView::setSubject(QString const& subject) {
    subject_ = subject;
    redraw();
}

void ChartsView::setStretch(std::optional<Stretch> stretch) {
    stretch_ = stretch;
    redraw();
}

void ChartsView::setAround(std::optional<Duration> around) {
    around_ = around;
    redraw();
}

void ChartsView::setScheme(Scheme scheme) {
    scheme_ = scheme;
    for (auto& drawn : drawn_)
        drawn = {};
    for (auto& chart : charts_)
        dress(chart);
    redraw();
}

void ChartsView::refresh() {
    redraw();
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

// The stretch that is in sight; nothing is the whole run.
std::optional<Stretch> ChartsView::seen() const {
    if (!around_)
        return stretch_;
    double const half = around_->inSeconds() / 2;
    double const from = std::max(0.0, at_.inSeconds() - half);
    return Stretch{SimTime::at(Duration::fromSeconds(from)),
                   SimTime::at(Duration::fromSeconds(from + 2 * half))};
}

ChartsView::Drawn ChartsView::wanted(bool isB) const {
    auto const& run = isB ? b_ : a_;
    if (!run || !run->index().hasHeader())
        return {};
    return {run, run->index().intervalEnds().size(), subject_, seen()};
}

// Only a side that is another one than before: while a second future grows, the first stays.
void ChartsView::redraw() {
    for (bool const isB : {false, true}) {
        auto const want = wanted(isB);
        if (want == drawn_[isB ? 1 : 0])
            continue;
        for (auto& chart : charts_)
            draw(chart, isB, want);
        drawn_[isB ? 1 : 0] = want;
    }
    fitTime();
    setTime(at_);
}

void ChartsView::draw(Chart& chart, bool isB, Drawn const& what) {
    auto const& tokens = Tokens::of(scheme_);
    auto& graphs = chart.graphs[isB ? 1 : 0];
    for (auto* graph : graphs)
        chart.plot->removeGraph(graph);
    graphs.clear();
    if (!what.run)
        return;
    auto const curves =
        curvesOf(what.run->index(), chart.kind, what.subject.toStdString(), what.within);
    for (std::size_t i = 0; i < curves.curves.size(); ++i) {
        auto const& curve = curves.curves[i];
        auto* graph = chart.plot->addGraph();
        graph->setPen(penOf(i, isB, tokens));
        graph->setAntialiased(false);
        graph->setName(QString::fromStdString(curve.name) + (isB ? " (B)" : ""));
        graph->setData(QVector<double>(curve.seconds.begin(), curve.seconds.end()),
                       QVector<double>(curve.values.begin(), curve.values.end()), true);
        if (isB)
            graph->removeFromLegend(); // there is no room for twice as many
        graphs.push_back(graph);
    }
    chart.title->setText(QString::fromStdString(curves.title)
                         + (b_ ? "   and B, broken lines" : ""));
}

void ChartsView::fitTime() {
    double lasts = 1;
    for (auto const* run : {a_.get(), b_.get()})
        if (run != nullptr && run->index().hasHeader())
            lasts = std::max(lasts, run->index().header().lasts.inSeconds());
    auto const stretch = seen();
    QCPRange const range(stretch ? stretch->from.inSeconds() : 0,
                         stretch ? stretch->to.inSeconds() : lasts);
    for (auto& chart : charts_) {
        chart.plot->xAxis->setRange(range);
        double highest = 0;
        for (int i = 0; i < chart.plot->graphCount(); ++i) {
            bool isThere = false;
            auto const values =
                chart.plot->graph(i)->getValueRange(isThere, QCP::sdPositive, range);
            highest = isThere ? std::max(highest, values.upper) : highest;
        }
        chart.plot->yAxis->setRange(0, highest > 0 ? highest * headroom : 1);
        chart.plot->replot(QCustomPlot::rpQueuedReplot);
    }
}

// Only the layer of the cursor is painted anew, unless the charts move with it.
void ChartsView::setTime(SimTime at) {
    bool const isMoved = at != at_;
    at_ = at;
    for (auto& chart : charts_) {
        chart.cursor->point1->setCoords(at.inSeconds(), 0);
        chart.cursor->point2->setCoords(at.inSeconds(), 1);
        if (!around_)
            chart.cursor->layer()->replot();
    }
    if (around_ && isMoved)
        redraw();
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

} // namespace shakedown::gui
