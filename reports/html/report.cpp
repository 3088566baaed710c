#include "reports/html/report.hpp"

#include <algorithm>
#include <array>
#include <numeric>

#include "reports/html/markup.hpp"
#include "reports/html/sections.hpp"
#include "reports/html/style.hpp"

namespace shakedown::html {

namespace {

// Less and less, until the page is short enough; the last is small whatever the run.
constexpr std::array<Detail, 4> details{
    {{}, {4, 30, 40, 40, 100'000}, {2, 20, 30, 24, 50'000}, {1, 8, 12, 12, 10'000}}};

std::string head(RunReport const& report) {
    std::string const title = escaped(report.summary.scenario);
    return "<!DOCTYPE html>\n<html lang=\"en\" xmlns=\"http://www.w3.org/1999/xhtml\">\n<head>\n"
           "<meta charset=\"utf-8\"/>\n"
           "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"/>\n"
           "<meta name=\"color-scheme\" content=\"light dark\"/>\n"
           "<title>"
           + title + " - Shakedown</title>\n<style>" + std::string(styleSheet())
           + "</style>\n</head>\n<body>\n<header>\n<p class=\"brand\">Shakedown report</p>\n<h1>"
           + title + "</h1>\n"
           + (report.summary.about.empty() ? "" : element("p", "about", report.summary.about));
}

std::string contents(std::string const& body) {
    std::string out = "<nav aria-label=\"Sections\">";
    for (char const* const id :
         {"verdict", "story", "time", "spread", "tail", "compare", "reproduce"}) {
        if (body.find(std::string("<section id=\"") + id + "\"") != std::string::npos) {
            out += std::string("<a href=\"#") + id + "\">" + id + "</a> ";
        }
    }
    return out + "</nav>\n</header>\n<main>\n";
}

std::string page(Shown const& shown) {
    std::string const body = verdictSection(shown) + storySection(shown) + timeSection(shown)
                             + spreadSection(shown) + tailSection(shown) + compareSection(shown)
                             + reproduceSection(shown);
    return head(shown.report) + contents(body) + body + "</main>\n<script>" + std::string(script())
           + "</script>\n</body>\n</html>\n";
}

} // namespace

std::string section(std::string const& id, std::string const& title, std::string const& content) {
    return "<section id=\"" + id + "\">\n<h2>" + escaped(title) + "</h2>\n" + content
           + "</section>\n";
}

std::vector<std::size_t> chosenLoads(summary::Summary const& s, std::size_t most) {
    std::vector<std::size_t> order(s.loads.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    if (order.size() > most) {
        std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
            return s.loads[a].errors > s.loads[b].errors;
        });
        order.resize(most);
        std::sort(order.begin(), order.end());
    }
    return order;
}

std::string reportHtml(RunReport const& report) {
    Conditions const conditions(report.history);
    Shown shown{report, conditions, timeAxisOf(report.history), {}};
    std::string html;
    for (Detail const& detail : details) {
        shown.detail = detail;
        html = page(shown);
        if (html.size() <= longestReport) {
            break;
        }
    }
    return html;
}

} // namespace shakedown::html
