#include "reports/html/report.hpp"

#include <catch2/catch.hpp>

#include "tests/reports/html/markup_reader.hpp"
#include "tests/reports/html/shop_report.hpp"

using namespace shakedown;
using namespace shakedown::html;
using namespace shakedown::tests;

namespace {

std::string const attack =
    "</script></style><script>alert(1)</script>\"><svg/onload=x>&'" + hostile();

record::Header hostileHeader() {
    auto h = shopHeader();
    h.version = h.scenario = h.file = attack;
    h.names.loads = {attack};
    h.names.services = {attack + "1", attack + "2"};
    h.names.calls = {attack + " -> " + attack + "1", attack + "1 -> " + attack + "2"};
    h.names.events = {attack};
    return h;
}

std::string hostilePage() {
    History history;
    playShop(history, hostileHeader());
    auto summary = hostileSummary();
    summary.about = summary.command = attack;
    summary.loads[0].name = attack;
    summary.loads[0].tail = shopPageSummary().loads[0].tail;
    summary.loads[0].tail[1].window = attack;
    return reportHtml({summary, history, attack + "\n\t- " + attack + "\r\n",
                       Earlier{attack, summary::compared(summary::asPastRun(summary),
                                                         summary::asPastRun(summary))}});
}

} // namespace

TEST_CASE("hostile names stay names", "[html][hostile]") {
    std::string const page = hostilePage();
    auto const markup = readMarkup(page);
    CHECK(markup.fault == "");
    CHECK(markup.count("script") == 1);
    CHECK(markup.count("style") == 1);
    CHECK(page.find("alert(1)") != std::string::npos);
    CHECK(page.find("<script>alert") == std::string::npos);
    for (auto const& element : markup.elements) {
        for (auto const& [name, value] : element.attributes) {
            CHECK_FALSE(name.starts_with("on"));
        }
    }
}

TEST_CASE("no mark that turns the direction of writing reaches the page", "[html][hostile]") {
    std::string const page = hostilePage();
    CHECK(page.find("\xe2\x80\xae") == std::string::npos);
    CHECK(page.find('\x1b') == std::string::npos);
    CHECK(page.find('\xff') == std::string::npos);
}
