#include "reports/html/markup.hpp"
#include "reports/html/sections.hpp"
#include "reports/html/table.hpp"
#include "reports/render/quantity.hpp"

namespace shakedown::html {

namespace {

char const* wordOf(summary::Change change) {
    switch (change) {
    case summary::Change::Better:
        return "\xe2\x96\xb2 better";
    case summary::Change::Same:
        return "= same";
    case summary::Change::Worse:
        return "\xe2\x96\xbc worse";
    }
    return "";
}

void addRows(Table& table, std::vector<std::string> const& names, char const* word) {
    for (auto const& name : names) {
        table.rows.push_back({name, "-", "-", "-", word});
    }
}

} // namespace

std::string compareSection(Shown const& shown) {
    if (!shown.report.earlier) {
        return "";
    }
    auto const& [name, comparison] = *shown.report.earlier;
    Table table;
    table.heads = {"load", "number", "before", "now", "change"};
    for (auto const& load : comparison.loads) {
        for (auto const& d : load.differences) {
            table.rows.push_back({load.name, d.metric, render::valueText(d.before, d.unit),
                                  render::valueText(d.now, d.unit), wordOf(d.change)});
        }
    }
    addRows(table, comparison.onlyBefore, "only before");
    addRows(table, comparison.onlyNow, "only now");
    constexpr std::size_t most = 200;
    table.rows.resize(std::min(table.rows.size(), most));
    return section("compare", "Compare",
                   element("p", "", "Beside the earlier run " + name + ":") + tableHtml(table));
}

} // namespace shakedown::html
