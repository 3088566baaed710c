#include "reports/html/sections.hpp"
#include "reports/html/strips.hpp"

namespace shakedown::html {

std::string spreadSection(Shown const& shown) {
    if (shown.axis.steps == 0) {
        return "";
    }
    History const& history = shown.report.history;
    return section("spread", "Spread",
                   healthStrips(history, shown.conditions, shown.axis, shown.detail.rows)
                       + breakerStrips(history, shown.axis, shown.detail.rows));
}

} // namespace shakedown::html
