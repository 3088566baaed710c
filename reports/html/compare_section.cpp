#include "reports/html/markup.hpp"
#include "reports/html/sections.hpp"
#include "reports/html/table.hpp"
#include "reports/render/comparison_sentence.hpp"
#include "reports/render/difference_text.hpp"

namespace shakedown::html {

namespace {

using summary::Change;

std::string markedWord(summary::Difference const& d) {
    std::string const word = render::changeWord(d.change);
    switch (d.change) {
    case Change::Better:
        return "\xe2\x96\xb2 " + word;
    case Change::Same:
        return d.mayHide() ? "= " + word + " (wide)" : "= " + word;
    case Change::Worse:
        return "\xe2\x96\xbc " + word;
    case Change::More:
    case Change::Less:
    case Change::Undecided:
    case Change::OneSided:
        return word;
    }
    return word;
}

void addRows(Table& table, std::vector<std::string> const& names, char const* word) {
    for (auto const& name : names) {
        table.rows.push_back({name, "-", "-", "-", "-", "-", word});
    }
}

Table comparedTable(summary::Comparison const& comparison) {
    Table table;
    table.heads = {"load", "number", "before", "now", "difference", "95 % interval", "change"};
    for (auto const& load : comparison.loads) {
        for (auto const& d : load.differences) {
            if (d.isSilent()) {
                continue;
            }
            table.rows.push_back({load.name, d.metric, render::sideText(d.before, d.unit),
                                  render::sideText(d.now, d.unit), render::differenceText(d),
                                  render::intervalText(d), markedWord(d)});
        }
    }
    addRows(table, comparison.onlyBefore, "only before");
    addRows(table, comparison.onlyNow, "only now");
    return table;
}

} // namespace

std::string compareSection(Shown const& shown) {
    if (!shown.report.earlier) {
        return "";
    }
    auto const& [name, comparison] = *shown.report.earlier;
    Table table = comparedTable(comparison);
    constexpr std::size_t most = 200;
    std::size_t const all = table.rows.size();
    table.rows.resize(std::min(all, most));
    std::string note =
        render::comparisonMethod(comparison)
        + " A number has changed if that is significant at 5 % among all of them and "
          "it changed by "
        + render::noticeableText(comparison.noticeable)
        + " or more; wide: that much may hide in its interval.";
    if (all > most) {
        note += " " + std::to_string(all - most) + " more rows are left out.";
    }
    return section(
        "compare", "Compare",
        element("p", "", "Beside the earlier run " + name + ":")
            + element("p", "sentence",
                      render::comparisonSentence(comparison, {"before", "now", "This run"}))
            + tableHtml(table) + element("p", "note", note));
}

} // namespace shakedown::html
