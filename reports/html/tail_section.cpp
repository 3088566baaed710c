#include <algorithm>

#include "reports/html/markup.hpp"
#include "reports/html/sections.hpp"

namespace shakedown::html {

std::string tailSection(Shown const& shown) {
    std::string figures;
    for (std::size_t const i : chosenLoads(shown.report.summary, shown.detail.loads)) {
        auto const& tails = shown.report.tails;
        bool const hasAny =
            i < tails.size() && !tails[i].lines.empty() && !tails[i].lines.front().seconds.empty();
        figures += hasAny ? figure(tails[i]) : "";
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
