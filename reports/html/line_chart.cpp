#include "reports/html/line_chart.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "reports/html/table.hpp"
#include "reports/render/quantity.hpp"

namespace shakedown::html {

namespace {

constexpr double width = 440;
constexpr double height = 196;
constexpr Plot plot{50, 18, 432, 172};

Scale scaleOf(LineChart const& chart) {
    double least = std::numeric_limits<double>::infinity();
    double most = 0;
    for (Line const& line : chart.lines) {
        for (double const v : line.values) {
            if (v > 0) {
                least = std::min(least, v);
                most = std::max(most, v);
            }
        }
    }
    if (chart.growth == Growth::Linear || !(most > 0)) {
        return Scale::linear(most, chart.unit);
    }
    return Scale::logarithmic(least, most, chart.unit);
}

void drawScale(Drawing& drawing, Scale const& scale) {
    for (Tick const& tick : scale.ticks()) {
        double const y = plot.y(scale.at(tick.value));
        drawing.line(plot.left, y, plot.right, y, "grid");
        drawing.text(plot.left - 5, y + 3.5, Drawing::Anchor::End, tick.text);
    }
}

// Points in the middle of the steps; those inside of a level stretch are left out.
std::string pathOf(Line const& line, TimeAxis const& axis, Scale const& scale) {
    std::string d;
    bool isDown = false;
    auto const& v = line.values;
    for (std::size_t i = 0; i < v.size(); ++i) {
        if (!std::isfinite(v[i])) {
            isDown = false;
            continue;
        }
        bool const isInside = isDown && i + 1 < v.size() && v[i - 1] == v[i] && v[i + 1] == v[i];
        if (isInside) {
            continue;
        }
        double const x = plot.x((static_cast<double>(i) + 0.5) * axis.step / axis.length);
        bool const isAlone = !isDown && (i + 1 == v.size() || !std::isfinite(v[i + 1]));
        d += (isDown ? "L" : "M") + coordinate(std::min(x, plot.right) - (isAlone ? 1.5 : 0)) + " "
             + coordinate(plot.y(scale.at(v[i])));
        d += isAlone ? "h3" : "";
        isDown = true;
    }
    return d;
}

std::string cell(double value, model::ValueUnit unit) {
    return std::isfinite(value) ? render::valueText(value, unit) : "-";
}

Table tableOf(LineChart const& chart, TimeAxis const& axis, std::size_t tableRows) {
    Table table;
    std::size_t const every = std::max<std::size_t>(1, (axis.steps + tableRows - 1)
                                                           / std::max<std::size_t>(1, tableRows));
    if (every > 1) {
        table.caption = "Every " + render::countText(every) + ". step of "
                        + roundText(axis.step, model::ValueUnit::Seconds);
    }
    table.heads.push_back("from");
    for (Line const& line : chart.lines) {
        table.heads.push_back(line.name);
    }
    for (std::size_t i = 0; i < axis.steps; i += every) {
        std::vector<std::string> row{instantText(static_cast<double>(i) * axis.step)};
        for (Line const& line : chart.lines) {
            row.push_back(i < line.values.size() ? cell(line.values[i], chart.unit) : "-");
        }
        table.rows.push_back(std::move(row));
    }
    return table;
}

std::string labelOf(LineChart const& chart) {
    std::string label = chart.title + " over time:";
    for (std::size_t i = 0; i < chart.lines.size(); ++i) {
        label += (i == 0 ? " " : ", ") + chart.lines[i].name;
    }
    return label + ". The numbers stand in the table below.";
}

} // namespace

std::string linesLegend(std::vector<Line> const& lines) {
    std::string out = "<span class=\"legend\">";
    for (Line const& line : lines) {
        out += "<span class=\"item\"><svg xmlns=\"http://www.w3.org/2000/svg\" width=\"26\" "
               "height=\"8\" aria-hidden=\"true\"><path d=\"M1 4h24\" class=\""
               + line.cls + "\"/></svg>" + escaped(line.name) + "</span> ";
    }
    return out + "</span>";
}

std::string figure(LineChart const& chart, TimeAxis const& axis, std::size_t tableRows) {
    std::string out =
        "<figure>\n<figcaption><b>" + escaped(chart.title) + "</b> " + linesLegend(chart.lines)
        + (chart.note.empty() ? "" : element("span", "note", chart.note)) + "</figcaption>\n";
    Drawing drawing(width, height, labelOf(chart), "chart", axisData(axis, plot));
    drawBands(drawing, axis, plot);
    Scale const scale = scaleOf(chart);
    drawScale(drawing, scale);
    drawTimes(drawing, axis, plot);
    for (Line const& line : chart.lines) {
        drawing.path(pathOf(line, axis, scale), line.cls);
    }
    return out + drawing.take() + behind(tableOf(chart, axis, tableRows)) + "</figure>\n";
}

} // namespace shakedown::html
