#include "reports/html/tail.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

#include "reports/html/line_chart.hpp"
#include "reports/html/table.hpp"
#include "reports/render/quantity.hpp"

namespace shakedown::html {

namespace {

using summary::TailLine;
using summary::tailStep;

constexpr double chartWidth = 440;
constexpr double chartHeight = 196;
constexpr Plot plot{50, 12, 412, 172};
constexpr std::array<char const*, summary::tailLines> classes{"q0", "q1", "q2", "q3"};

std::string ninesText(int nines) {
    return nines == 0 ? "0 %"
           : nines == 1
               ? "90 %"
               : "99" + std::string(nines > 2 ? "." : "")
                     + std::string(static_cast<std::size_t>(std::max(0, nines - 2)), '9') + " %";
}

Scale scaleOf(summary::LoadSummary const& load) {
    double least = std::numeric_limits<double>::infinity();
    double most = 0;
    for (auto const& line : load.tail) {
        // The very fastest would take half of the plot.
        for (std::size_t i = std::min<std::size_t>(1, line.latencies.size() - 1);
             i < line.latencies.size(); ++i) {
            double const v = line.latencies[i].inSeconds();
            least = v > 0 ? std::min(least, v) : least;
            most = std::max(most, v);
        }
    }
    if (!(most > 0)) {
        return Scale::linear(most, model::ValueUnit::Seconds);
    }
    return Scale::logarithmic(least, most, model::ValueUnit::Seconds);
}

int ninesOf(summary::LoadSummary const& load) {
    std::size_t points = 1;
    for (auto const& line : load.tail) {
        points = std::max(points, line.latencies.size());
    }
    return std::max(1,
                    static_cast<int>(std::ceil(static_cast<double>(points - 1) * tailStep - 1e-9)));
}

std::string pathOf(TailLine const& line, int nines, Scale const& scale) {
    std::string d;
    for (std::size_t i = 0; i < line.latencies.size(); ++i) {
        d += (d.empty() ? "M" : "L") + coordinate(plot.x(static_cast<double>(i) * tailStep / nines))
             + " " + coordinate(plot.y(scale.at(line.latencies[i].inSeconds())));
    }
    return line.latencies.size() == 1 ? d + "h1" : d;
}

Table tableOf(summary::LoadSummary const& load) {
    Table table;
    table.heads = {"window", "requests"};
    int const nines = ninesOf(load);
    std::vector<int> points{3}; // the median, nearly
    for (int n = 1; n <= nines; ++n) {
        points.push_back(n * 10);
    }
    for (int const p : points) {
        table.heads.push_back(p == 3 ? "50 %" : ninesText(p / 10));
    }
    for (auto const& line : load.tail) {
        std::vector<std::string> row{line.window, render::countText(line.count)};
        for (int const p : points) {
            auto const i = static_cast<std::size_t>(p);
            row.push_back(
                i < line.latencies.size() ? render::spanText(line.latencies[i].inSeconds()) : "-");
        }
        table.rows.push_back(std::move(row));
    }
    return table;
}

void drawNines(Drawing& drawing, int nines) {
    for (int n = 0; n <= nines; ++n) {
        double const x = plot.x(static_cast<double>(n) / nines);
        drawing.line(x, plot.top, x, plot.bottom, "grid");
        drawing.text(x, plot.bottom + 14, Drawing::Anchor::Middle, ninesText(n));
    }
}

} // namespace

std::string tailFigure(summary::LoadSummary const& load) {
    std::vector<Line> legend;
    for (std::size_t i = 0; i < load.tail.size(); ++i) {
        legend.push_back({load.tail[i].window, classes.at(i), {}});
    }
    std::string out = "<figure>\n<figcaption><b>" + escaped(load.name) + "</b> "
                      + linesLegend(legend) + "</figcaption>\n";
    int const nines = ninesOf(load);
    Scale const scale = scaleOf(load);
    Drawing drawing(chartWidth, chartHeight,
                    "Latency that so many of the requests of " + load.name
                        + " do not exceed. The numbers stand in the table below.",
                    "chart");
    for (Tick const& tick : scale.ticks()) {
        double const y = plot.y(scale.at(tick.value));
        drawing.line(plot.left, y, plot.right, y, "grid");
        drawing.text(plot.left - 5, y + 3.5, Drawing::Anchor::End, tick.text);
    }
    drawNines(drawing, nines);
    for (std::size_t i = 0; i < load.tail.size(); ++i) {
        drawing.path(pathOf(load.tail[i], nines, scale), classes.at(i));
    }
    return out + drawing.take() + behind(tableOf(load)) + "</figure>\n";
}

} // namespace shakedown::html
