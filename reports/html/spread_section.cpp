#include "reports/html/markup.hpp"
#include "reports/html/sections.hpp"
#include "reports/html/strips.hpp"
#include "reports/html/table.hpp"
#include "reports/record/number_text.hpp"
#include "reports/render/quantity.hpp"

namespace shakedown::html {

namespace {

std::string percentText(double share) {
    return record::significant(share * 100, 3) + " %";
}

Table struckTable(char const* caption, char const* asked, std::vector<why::Struck> const& list,
                  std::size_t all, std::size_t most) {
    Table table;
    table.caption = std::string(caption) + ": " + render::countText(list.size()) + " of "
                    + render::countText(all) + " struck";
    table.heads = {"name", "came to no good", asked};
    for (auto const& struck : list) {
        if (table.rows.size() == most) {
            break;
        }
        table.rows.push_back({struck.name, percentText(struck.share()),
                              render::countText(static_cast<std::uint64_t>(struck.asked))});
    }
    return table;
}

// Who was struck while it hurt, and whose that is.
std::string blast(Shown const& shown) {
    auto const* why = shown.report.why;
    if (why == nullptr || !why->tale.hurtFrom) {
        return "";
    }
    auto const& blast = why->blast;
    std::string out = "<h3>Blast radius</h3>\n"
                      + element("p", "note",
                                "From " + render::spanText(why->tale.hurtFrom->inSeconds(), 4)
                                    + " to " + render::spanText(why->tale.hurtUntil.inSeconds(), 4)
                                    + "; struck is whose calls came to no good in 1 % of the "
                                      "cases or more.");
    if (!blast.loads.empty()) {
        out += tableHtml(
            struckTable("Loads", "requests", blast.loads, blast.loadsInAll, shown.detail.rows),
            "numbers");
    }
    if (!blast.services.empty()) {
        out += tableHtml(struckTable("Services", "calls to it", blast.services, blast.servicesInAll,
                                     shown.detail.rows),
                         "numbers");
    }
    if (!blast.owners.empty()) {
        Table table;
        table.caption = "By owner";
        table.heads = {"owner", "came to no good", "services struck"};
        for (auto const& owner : blast.owners) {
            if (table.rows.size() == shown.detail.rows) {
                break;
            }
            std::string services;
            for (auto const& name : owner.services) {
                services += (services.empty() ? "" : ", ") + name;
            }
            table.rows.push_back({owner.all.name, percentText(owner.all.share()),
                                  services.empty() ? "-" : services});
        }
        out += tableHtml(table);
    }
    return out;
}

} // namespace

std::string spreadSection(Shown const& shown) {
    if (shown.axis.steps == 0) {
        return "";
    }
    History const& history = shown.report.history;
    return section("spread", "Spread",
                   blast(shown)
                       + healthStrips(history, shown.conditions, shown.axis, shown.detail.rows)
                       + breakerStrips(history, shown.axis, shown.detail.rows));
}

} // namespace shakedown::html
