#include "reports/html/table.hpp"

#include "reports/html/markup.hpp"

namespace shakedown::html {

std::string tableHtml(Table const& table, std::string_view cls) {
    std::string out = "<div class=\"scroll\" tabindex=\"0\"><table";
    if (!cls.empty()) {
        out += " class=\"" + std::string(cls) + "\"";
    }
    out += ">\n";
    if (!table.caption.empty()) {
        out += "<caption>" + escaped(table.caption) + "</caption>\n";
    }
    out += "<thead><tr>";
    for (auto const& head : table.heads) {
        out += "<th scope=\"col\">" + escaped(head) + "</th>";
    }
    out += "</tr></thead>\n<tbody>\n";
    for (auto const& row : table.rows) {
        out += "<tr>";
        for (std::size_t i = 0; i < row.size(); ++i) {
            out += i == 0 ? "<th scope=\"row\">" + escaped(row[i]) + "</th>"
                          : "<td>" + escaped(row[i]) + "</td>";
        }
        out += "</tr>\n";
    }
    return out + "</tbody></table></div>\n";
}

std::string behind(Table const& table, std::string_view summary) {
    return "<details><summary>" + escaped(summary) + "</summary>\n" + tableHtml(table)
           + "</details>\n";
}

} // namespace shakedown::html
