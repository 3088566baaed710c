#include "reports/render/text.hpp"

#include <catch2/catch.hpp>

#include <sstream>

#include "reports/render/plain_text.hpp"
#include "tests/reports/render/shop_summary.hpp"

using namespace shakedown;
using namespace shakedown::render;
using namespace shakedown::tests;

namespace {

Closing const closing{{"runs/shop-7/summary.json"}, "shakedown why runs/shop-7"};

bool contains(std::string const& text, std::string const& part) {
    return text.find(part) != std::string::npos;
}

std::vector<std::string> linesOf(std::string const& text) {
    std::vector<std::string> lines;
    std::istringstream in(text);
    for (std::string line; std::getline(in, line);) {
        lines.push_back(line);
    }
    return lines;
}

} // namespace

TEST_CASE("expectations come first, with measured value and limit", "[render][text]") {
    auto const lines = linesOf(text(shopSummary(), closing, Colour::Never));
    REQUIRE(lines.size() > 5);
    CHECK(lines[0] == "shop");
    CHECK(lines[1].find("PASS  p99(visitors) < 200ms") == 0);
    CHECK(contains(lines[1], "52.0 ms (limit 200 ms)"));
    CHECK(lines[2].find("FAIL  errors(visitors) < 1%") == 0);
    CHECK(contains(lines[2], "12.4 % (limit 1.00 %)"));
    CHECK(lines[3].find("NONE  lag(orders) < 1s") == 0);
    CHECK(contains(lines[3], "lag is not measured"));
    CHECK(lines[4] == "1 of 3 expectations held, 1 could not be checked.");
}

TEST_CASE("then what broke first, the top cause, the loads, the files and what to do next",
          "[render][text]") {
    std::string const page = text(shopSummary(), closing, Colour::Never);
    CHECK(contains(page, "     61.0 s  autos: queue full (autos-slow)\n"));
    CHECK(contains(page, "     62.0 s  site: workers all busy (waiting for site -> autos)\n"));
    CHECK(contains(page, "Top cause: autos-slow\n"));
    CHECK(contains(page, "48,300 offered, 12.4 % errors, goodput 88.1/s"));
    CHECK(contains(page, "seed 7, 3 replications of 180 s, 3,000 events, digest "));
    std::vector<std::size_t> const order{page.find("PASS"),      page.find("What broke first"),
                                         page.find("Top cause"), page.find("Loads"),
                                         page.find("Written"),   page.find("Next")};
    CHECK(std::is_sorted(order.begin(), order.end()));
    CHECK(order.back() != std::string::npos);
}

TEST_CASE("colours add nothing to what words say", "[render][text]") {
    std::string coloured = text(shopSummary(), closing, Colour::Always);
    CHECK(contains(coloured, "\x1b[32mPASS\x1b[0m"));
    for (auto at = coloured.find('\x1b'); at != std::string::npos; at = coloured.find('\x1b')) {
        coloured.erase(at, coloured.find('m', at) - at + 1);
    }
    CHECK(coloured == text(shopSummary(), closing, Colour::Never));
}

TEST_CASE("nothing from a scenario reaches the terminal unclean", "[render][text]") {
    std::string const page = text(hostileSummary(), {{hostile()}, hostile()}, Colour::Never);
    for (char const c : page) {
        CHECK((c == '\n' || static_cast<unsigned char>(c) >= 0x20));
    }
    CHECK_FALSE(contains(page, "\xc2\x9b"));
    CHECK_FALSE(contains(page, "\xe2\x80\xae"));
    CHECK_FALSE(contains(page, "\xff"));
}

TEST_CASE("no line is wider than 100 characters", "[render][text]") {
    auto s = shopSummary();
    std::string const longName(300, 'n');
    s.scenario = longName;
    s.loads[0].name = longName;
    s.loads[0].offered = 18'000'000'000'000'000'000ULL;
    s.expectations[0].text = longName;
    s.expectations[1].note = longName;
    s.cascade[0].subject = longName;
    s.contradictions.push_back(longName);
    for (auto const& line : linesOf(text(s, closing, Colour::Never))) {
        CAPTURE(line);
        CHECK(widthOf(line) <= 100);
    }
}

TEST_CASE("a scenario without expectations says that nothing was checked", "[render][text]") {
    auto s = shopSummary();
    s.expectations.clear();
    CHECK(contains(text(s, {}, Colour::Never), "nothing was checked"));
}

TEST_CASE("a run that did not finish and books that do not balance are told", "[render][text]") {
    auto s = shopSummary();
    s.reason = record::EndReason::EventLimit;
    s.contradictions = {"visitors: 1 offered, but 0 ended or are in flight"};
    std::string const page = text(s, {}, Colour::Never);
    CHECK(contains(page, "The run did not finish: event_limit."));
    CHECK(contains(page, "CONTRADICTION  visitors"));
}

TEST_CASE("a load that nobody answered has no latency", "[render][text]") {
    auto s = shopSummary();
    s.loads[0].ok = s.loads[0].degraded = 0;
    CHECK(contains(text(s, {}, Colour::Never), "no request was answered"));
}
