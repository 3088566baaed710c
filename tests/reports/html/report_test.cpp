#include "reports/html/report.hpp"

#include <catch2/catch.hpp>

#include <algorithm>

#include "reports/html/style.hpp"
#include "tests/reports/html/markup_reader.hpp"
#include "tests/reports/html/shop_report.hpp"

using namespace shakedown;
using namespace shakedown::html;
using namespace shakedown::tests;

namespace {

bool contains(std::string const& text, std::string const& part) {
    return text.find(part) != std::string::npos;
}

// Two slashes behind a colon ask a host; the name of the languages of the page asks nobody.
std::string withoutNamespaces(std::string page) {
    for (std::string const name :
         {"\"http://www.w3.org/2000/svg\"", "\"http://www.w3.org/1999/xhtml\""}) {
        for (auto at = page.find(name); at != std::string::npos; at = page.find(name, at)) {
            page.erase(at, name.size());
        }
    }
    return page;
}

} // namespace

TEST_CASE("a page is well-formed and has its sections", "[html][report]") {
    auto const markup = readMarkup(shopPage());
    CHECK(markup.fault == "");
    std::vector<std::string> ids;
    for (auto const& element : markup.elements) {
        if (element.name == "section") {
            ids.push_back(element.attributes.at(0).second);
        }
    }
    CHECK(ids
          == std::vector<std::string>{"verdict", "story", "time", "spread", "tail", "reproduce"});
}

TEST_CASE("a page says what the run said", "[html][report]") {
    std::string const text = readMarkup(shopPage()).text;
    CHECK(contains(text, "1 of 3 expectations held, 1 could not be checked; autos broke first, at "
                         "61.0 s: queue full."));
    CHECK(contains(text, "From 60.0 s to 61.0 s, 50 of 100 requests ended without success, more"));
    CHECK(contains(text, "shakedown run shop.yaml --seed 7"));
    CHECK(contains(text, "1 % or more of them from 60.0 s to 120.0 s; then it had healed."));
}

TEST_CASE("equal runs give equal pages", "[html][report]") {
    CHECK((shopPage() == shopPage()));
}

TEST_CASE("a page asks no host for anything", "[html][report]") {
    std::string const page = withoutNamespaces(shopPage());
    CHECK_FALSE(contains(page, "http:"));
    CHECK_FALSE(contains(page, "https:"));
    CHECK_FALSE(contains(page, "//"));
    CHECK_FALSE(contains(page, "@import"));
    CHECK_FALSE(contains(page, "url("));
    for (auto const& element : readMarkup(page).elements) {
        for (auto const& [name, value] : element.attributes) {
            CHECK(name != "src");
            CHECK((name != "href" || value.starts_with("#")));
        }
    }
}

TEST_CASE("a page knows light, dark and print, and its script is small", "[html][report]") {
    std::string const style(styleSheet());
    CHECK(contains(style, ":root{--bg:#fff"));
    CHECK(contains(style, "@media (prefers-color-scheme:dark){:root{--bg:#10161c"));
    CHECK(contains(style, "@media print"));
    CHECK(script().size() < 10'000);
    CHECK(contains(shopPage(), std::string(script())));
}

TEST_CASE("every drawing has words and a table behind it", "[html][report]") {
    auto const markup = readMarkup(shopPage());
    CHECK(markup.count("figure") > 6);
    CHECK(markup.count("details") == markup.count("figure"));
    for (auto const& element : markup.elements) {
        if (element.name == "svg") {
            bool const isNamed = std::any_of(
                element.attributes.begin(), element.attributes.end(), [](auto const& attribute) {
                    return attribute.first == "aria-label" || attribute.first == "aria-hidden";
                });
            CHECK(isNamed);
        }
    }
}

TEST_CASE("a run recorded at level summary has a page without charts", "[html][report]") {
    History history;
    auto header = shopHeader();
    header.level = record::Level::Summary;
    history.begin(header);
    auto summary = shopSummary();
    summary.loads.at(0).tail.clear(); // it is of all replications and needs no record
    std::string const page = reportHtml({summary, history, "", {}});
    auto const markup = readMarkup(page);
    CHECK(markup.fault == "");
    CHECK(markup.count("figure") == 0);
    CHECK(contains(markup.text, "recorded at level summary"));
}

TEST_CASE("a run beside an earlier one says what became of it", "[html][report]") {
    History history;
    playShop(history, shopHeader());
    auto const summary = shopSummary();
    auto before = summary::asPastRun(summary);
    for (auto& replication : before.loads.at(0).replications) {
        replication.answers->p99 = replication.answers->p99 * std::int64_t{10};
    }
    RunReport const report{
        summary, history, "",
        Earlier{"runs/a<b", summary::compared(before, summary::asPastRun(summary))}};
    auto const markup = readMarkup(reportHtml(report));
    CHECK(markup.fault == "");
    CHECK(contains(markup.text, "Beside the earlier run runs/a&lt;b:"));
    CHECK(contains(markup.text, "This run is better in 1 of 6 numbers and worse in none: p99"));
    CHECK(contains(markup.text, "-459 ms (-90.0 %)"));
    CHECK(contains(markup.text, "\xe2\x96\xb2 better"));
    CHECK(contains(markup.text, "Paired by seed"));
}
