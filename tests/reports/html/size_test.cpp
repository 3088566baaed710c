#include "reports/html/report.hpp"

#include <catch2/catch.hpp>

#include "tests/reports/html/markup_reader.hpp"
#include "tests/reports/html/shop_report.hpp"

using namespace shakedown;
using namespace shakedown::html;
using namespace shakedown::tests;

namespace {

constexpr std::uint32_t services = 500;
constexpr std::uint32_t loads = 40;

std::string nameOf(char const* kind, std::uint32_t i) {
    return std::string("a-rather-long-name-of-a-") + kind + "-" + std::to_string(i);
}

record::Header largeHeader() {
    auto h = shopHeader();
    h.names = {};
    for (std::uint32_t i = 0; i < loads; ++i) {
        h.names.loads.push_back(nameOf("load", i));
        h.names.calls.push_back(nameOf("load", i) + " -> " + nameOf("service", i));
    }
    for (std::uint32_t i = 0; i < services; ++i) {
        h.names.services.push_back(nameOf("service", i));
        for (std::uint32_t const to : {2 * i + 1, 2 * i + 2, (7 * i + 3) % services}) {
            if (to < services) {
                h.names.calls.push_back(nameOf("service", i) + " -> " + nameOf("service", to));
            }
        }
    }
    h.replicas.assign(services, 2);
    h.workers.assign(services, 16);
    h.names.events = {"a fault", "a deploy"};
    return h;
}

// Everything changes in every interval: nothing can be left out.
record::Interval restless(record::Header const& h, std::uint32_t t) {
    record::Interval interval;
    for (std::uint32_t i = 0; i < h.names.loads.size(); ++i) {
        std::uint32_t const bad = (t * 7 + i * 3) % 50;
        interval.loads.push_back({100 + bad, 50, 3, bad, t % 5, i % 7, 40,
                                  Duration::microseconds(1000 + t * 37 % 991),
                                  Duration::milliseconds(20 + t * 13 % 97),
                                  Duration::milliseconds(200 + t * 29 % 1013)});
    }
    for (std::uint32_t i = 0; i < services; ++i) {
        interval.services.push_back({(t * 31 + i) % 97, 3, 10, 10, 0, (t + i) % 7 / 7.0 + 0.1});
    }
    for (std::uint32_t i = 0; i < h.names.calls.size(); ++i) {
        interval.calls.push_back(
            {100, 130, (t + i) % 40, (t * 11 + i) % 9 == 0 ? 30U : 0U, (t + i) % 5, 0});
    }
    return interval;
}

void playLarge(History& history) {
    auto const header = largeHeader();
    history.begin(header);
    for (std::uint32_t t = 1; t <= 1800; ++t) {
        if (t % 9 == 0) {
            history.take({inTenths(t), record::EventBegan{t / 9 % 2}});
            history.take(
                {inTenths(t), record::BreakerChanged{t % 300, 0, record::BreakerState::Closed,
                                                     record::BreakerState::Open}});
        }
        if (t % 9 == 4) {
            history.take({inTenths(t), record::EventEnded{t / 9 % 2}});
        }
        history.take({inTenths(t), restless(header, t)});
    }
}

summary::Summary largeSummary() {
    auto s = shopPageSummary();
    s.loads.assign(loads, s.loads.at(0));
    for (std::uint32_t i = 0; i < loads; ++i) {
        s.loads[i].name = nameOf("load", i);
    }
    s.expectations.assign(300, s.expectations.at(0));
    return s;
}

std::string largeSource() {
    std::string source;
    while (source.size() < 1'000'000) {
        source += "  - \"<a name that is longer when it is escaped>\"\n";
    }
    return source;
}

} // namespace

TEST_CASE("a page of 500 restless services stays below its limit", "[html][size]") {
    History history;
    playLarge(history);
    auto const summary = largeSummary();
    std::string const page = reportHtml({summary, history, largeSource(), {}});
    CHECK(page.size() <= longestReport);
    CHECK(page.size() > 100'000);
    CHECK(readMarkup(page).fault == "");
}

TEST_CASE("what is left out of a page is said", "[html][size]") {
    History history;
    playLarge(history);
    auto const summary = largeSummary();
    std::string const text = readMarkup(reportHtml({summary, history, largeSource(), {}})).text;
    for (char const* const said :
         {"more in summary.json", "more services, which suffered less, are not shown",
          "more, which suffered less, are not drawn", "more loads are not shown",
          "it is too long for this page"}) {
        INFO(said);
        CHECK(text.find(said) != std::string::npos);
    }
}

TEST_CASE("names without end do not make a page without end", "[html][size]") {
    History history;
    auto header = shopHeader();
    std::string const endless(300'000, 'x');
    header.names.loads = {endless};
    header.names.services = {endless, endless + "1"};
    header.names.calls = {endless + " -> " + endless, endless + " -> " + endless + "1"};
    playShop(history, header);
    auto summary = shopSummary();
    summary.scenario = summary.command = summary.about = endless;
    CHECK(reportHtml({summary, history, endless, {}}).size() <= longestReport);
}
