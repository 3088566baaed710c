#include "reports/html/tail.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

#include "reports/html/line_chart.hpp"
#include "reports/html/table.hpp"
#include "reports/record/number_text.hpp"
#include "reports/render/quantity.hpp"

namespace shakedown::html {

namespace {

constexpr double chartWidth = 440;
constexpr double chartHeight = 196;
constexpr Plot plot{50, 12, 412, 172};
constexpr std::array<char const*, tailLines> classes{"q0", "q1", "q2", "q3"};
constexpr double mostNines = 5;

std::string secondsText(Duration d) {
    std::string text;
    record::append(text, record::tidied(d.inSeconds()));
    return text;
}

struct WindowWords {
    std::string operator()(model::WholeRun) const { return "whole run"; }
    std::string operator()(model::DuringEvent const& w) const { return "during " + w.name; }
    std::string operator()(model::AfterEvent const& w) const { return "after " + w.name; }
    std::string operator()(model::FromTo const& w) const {
        return "from " + secondsText(w.from) + " to " + secondsText(w.to) + " s";
    }
};

TailLine lineOf(measure::Histogram const& h, std::string window) {
    TailLine line{std::move(window), h.count(), {}};
    if (h.empty()) {
        return line;
    }
    // Beyond as many nines as there are requests there is only the maximum.
    double const reach = std::min(mostNines, std::log10(static_cast<double>(h.count())));
    for (int i = 0; i * tailStep <= reach + 1e-9; ++i) {
        line.seconds.push_back(h.quantile(1 - std::pow(10.0, -i * tailStep)).inSeconds());
    }
    return line;
}

std::string ninesText(int nines) {
    return nines == 0 ? "0 %"
           : nines == 1
               ? "90 %"
               : "99" + std::string(nines > 2 ? "." : "")
                     + std::string(static_cast<std::size_t>(std::max(0, nines - 2)), '9') + " %";
}

Scale scaleOf(Tail const& tail) {
    double least = std::numeric_limits<double>::infinity();
    double most = 0;
    for (auto const& line : tail.lines) {
        // The very fastest would take half of the plot.
        for (std::size_t i = std::min<std::size_t>(1, line.seconds.size() - 1);
             i < line.seconds.size(); ++i) {
            double const v = line.seconds[i];
            least = v > 0 ? std::min(least, v) : least;
            most = std::max(most, v);
        }
    }
    if (!(most > 0)) {
        return Scale::linear(most, model::ValueUnit::Seconds);
    }
    return Scale::logarithmic(least, most, model::ValueUnit::Seconds);
}

int ninesOf(Tail const& tail) {
    std::size_t points = 1;
    for (auto const& line : tail.lines) {
        points = std::max(points, line.seconds.size());
    }
    return std::max(1,
                    static_cast<int>(std::ceil(static_cast<double>(points - 1) * tailStep - 1e-9)));
}

std::string pathOf(TailLine const& line, int nines, Scale const& scale) {
    std::string d;
    for (std::size_t i = 0; i < line.seconds.size(); ++i) {
        d += (d.empty() ? "M" : "L") + coordinate(plot.x(static_cast<double>(i) * tailStep / nines))
             + " " + coordinate(plot.y(scale.at(line.seconds[i])));
    }
    return line.seconds.size() == 1 ? d + "h1" : d;
}

Table tableOf(Tail const& tail) {
    Table table;
    table.heads = {"window", "requests"};
    int const nines = ninesOf(tail);
    std::vector<int> points{3}; // the median, nearly
    for (int n = 1; n <= nines; ++n) {
        points.push_back(n * 10);
    }
    for (int const p : points) {
        table.heads.push_back(p == 3 ? "50 %" : ninesText(p / 10));
    }
    for (auto const& line : tail.lines) {
        std::vector<std::string> row{line.window, render::countText(line.count)};
        for (int const p : points) {
            auto const i = static_cast<std::size_t>(p);
            row.push_back(i < line.seconds.size() ? render::spanText(line.seconds[i]) : "-");
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

std::vector<Tail> tailsOf(verdict::Demand const& demand, record::Names const& names,
                          std::vector<verdict::Evidence> const& replications) {
    std::vector<Tail> tails;
    for (std::size_t i = 0; i < names.loads.size(); ++i) {
        Tail tail{names.loads[i], {}};
        for (std::size_t w = 0; w < demand.windows.size() && tail.lines.size() < tailLines; ++w) {
            measure::Histogram all;
            for (auto const& evidence : replications) {
                all.merge(evidence.loads.at(i).windows.at(w).latency);
            }
            if (w == 0 || !all.empty()) {
                tail.lines.push_back(lineOf(all, std::visit(WindowWords(), demand.windows[w])));
            }
        }
        tails.push_back(std::move(tail));
    }
    return tails;
}

std::string figure(Tail const& tail) {
    std::vector<Line> legend;
    for (std::size_t i = 0; i < tail.lines.size(); ++i) {
        legend.push_back({tail.lines[i].window, classes.at(i), {}});
    }
    std::string out = "<figure>\n<figcaption><b>" + escaped(tail.load) + "</b> "
                      + linesLegend(legend) + "</figcaption>\n";
    int const nines = ninesOf(tail);
    Scale const scale = scaleOf(tail);
    Drawing drawing(chartWidth, chartHeight,
                    "Latency that so many of the requests of " + tail.load
                        + " do not exceed. The numbers stand in the table below.",
                    "chart");
    for (Tick const& tick : scale.ticks()) {
        double const y = plot.y(scale.at(tick.value));
        drawing.line(plot.left, y, plot.right, y, "grid");
        drawing.text(plot.left - 5, y + 3.5, Drawing::Anchor::End, tick.text);
    }
    drawNines(drawing, nines);
    for (std::size_t i = 0; i < tail.lines.size(); ++i) {
        drawing.path(pathOf(tail.lines[i], nines, scale), classes.at(i));
    }
    return out + drawing.take() + behind(tableOf(tail)) + "</figure>\n";
}

} // namespace shakedown::html
