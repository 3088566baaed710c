#pragma once

#include <string>
#include <vector>

#include "reports/html/history.hpp"
#include "reports/html/markup.hpp"

namespace shakedown::html {

/// A time in which a fault or an operation was under way; `mark` is its letter in every chart.
struct Band {
    double from = 0; // seconds
    double to = 0;
    std::string mark;
    bool isFault = true;
};

/// One letter an event, in the order in which they began.
struct Mark {
    std::string letter;
    std::string name;
    bool isFault = true;
    std::string when; // "60.0 to 120.0 s, and 3 more times"
};

/// The time axis that all charts of the page share.
struct TimeAxis {
    double length = 0; // seconds
    double step = 0;
    std::size_t steps = 0;
    double warmup = 0;
    std::vector<Band> bands;
    std::vector<Mark> marks;
};

TimeAxis timeAxisOf(History const& history);

/// "61.3 s"
std::string instantText(double seconds);

/// Where a chart's plot lies in its drawing.
struct Plot {
    double left = 0;
    double top = 0;
    double right = 0;
    double bottom = 0;
    double x(double part) const { return left + part * (right - left); }
    double y(double part) const { return bottom - part * (bottom - top); }
};

/// Bands with their letters above the plot, and the warm-up.
void drawBands(Drawing& drawing, TimeAxis const& axis, Plot const& plot);
/// The times below the plot.
void drawTimes(Drawing& drawing, TimeAxis const& axis, Plot const& plot);
/// For the script of the page: length and place of the axis.
std::string axisData(TimeAxis const& axis, Plot const& plot);
/// What the letters mean, as a list; empty without events and warm-up.
std::string marksLegend(TimeAxis const& axis);

} // namespace shakedown::html
