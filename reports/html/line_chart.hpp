#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "reports/html/scale.hpp"
#include "reports/html/time_axis.hpp"

namespace shakedown::html {

/// A line of a chart, a value a step; NaN where there is none. Its class stands for colour, width
/// and dashes, no two of a chart alike.
struct Line {
    std::string name;
    std::string cls;
    std::vector<double> values;
};

enum class Growth : std::uint8_t { Linear, Logarithmic };

struct LineChart {
    std::string title;
    std::string note; // may be empty
    model::ValueUnit unit = model::ValueUnit::PerSecond;
    Growth growth = Growth::Linear;
    std::vector<Line> lines;
};

/// A chart over time as a figure: title, legend, drawing, and the table behind it with at most
/// `tableRows` rows.
std::string figure(LineChart const& chart, TimeAxis const& axis, std::size_t tableRows);

/// Names of lines, each with a piece of the line.
std::string linesLegend(std::vector<Line> const& lines);

} // namespace shakedown::html
