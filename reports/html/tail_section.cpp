#include <algorithm>

#include "reports/html/markup.hpp"
#include "reports/html/sections.hpp"
#include "reports/html/tail.hpp"

namespace shakedown::html {

std::string tailSection(Shown const& shown) {
    std::string figures;
    for (std::size_t const i : chosenLoads(shown.report.summary, shown.detail.loads)) {
        auto const& load = shown.report.summary.loads[i];
        bool const hasAny = !load.tail.empty() && !load.tail.front().latencies.empty();
        figures += hasAny ? tailFigure(load) : "";
    }
    if (figures.empty()) {
        return "";
    }
    return section("tail", "Tail",
                   element("p", "note",
                           "The latency that so many per cent of the answered requests do not "
                           "exceed; from left to right each step is one more nine.")
                       + "<div class=\"charts\">\n" + figures + "</div>\n");
}

} // namespace shakedown::html
