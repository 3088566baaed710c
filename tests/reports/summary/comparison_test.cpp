#include "reports/summary/comparison.hpp"

#include <catch2/catch.hpp>

using namespace shakedown::summary;

namespace {

PastRun runWith(Figure goodput, double p99, double errors) {
    return {"shop", 1, 1, {{"visitors", goodput, {0.01, {}}, {p99, {}}, {errors, {}}}}};
}

Change changeOf(Comparison const& comparison, std::string const& metric) {
    for (auto const& d : comparison.loads.at(0).differences) {
        if (d.metric == metric) {
            return d.change;
        }
    }
    FAIL("no metric " << metric);
    return Change::Same;
}

} // namespace

TEST_CASE("more goodput is better, more latency and errors are worse", "[summary][comparison]") {
    auto const c = compared(runWith({100, {}}, 0.1, 0.01), runWith({120, {}}, 0.2, 0.05));
    CHECK(changeOf(c, "goodput") == Change::Better);
    CHECK(changeOf(c, "p50") == Change::Same);
    CHECK(changeOf(c, "p99") == Change::Worse);
    CHECK(changeOf(c, "errors") == Change::Worse);
}

TEST_CASE("a difference of less than two percent is none", "[summary][comparison]") {
    auto const c = compared(runWith({100, {}}, 0.1, 0), runWith({101.5, {}}, 0.0985, 0.0009));
    CHECK(changeOf(c, "goodput") == Change::Same);
    CHECK(changeOf(c, "p99") == Change::Same);
    CHECK(changeOf(c, "errors") == Change::Same);
}

TEST_CASE("intervals that meet are the same, however far the means", "[summary][comparison]") {
    auto const c =
        compared(runWith({100, Bounds{80, 120}}, 0.1, 0), runWith({130, Bounds{110, 150}}, 0.1, 0));
    CHECK(changeOf(c, "goodput") == Change::Same);
    auto const apart = compared(runWith({100, Bounds{99.5, 100.5}}, 0.1, 0),
                                runWith({101.5, Bounds{101, 102}}, 0.1, 0));
    CHECK(changeOf(apart, "goodput") == Change::Better);
}

TEST_CASE("a load of only one of the runs is named", "[summary][comparison]") {
    PastRun const before{"shop", 1, 1, {{"old", {}, {}, {}, {}}}};
    PastRun const now{"shop", 1, 1, {{"new", {}, {}, {}, {}}}};
    auto const c = compared(before, now);
    CHECK(c.loads.empty());
    CHECK(c.onlyBefore == std::vector<std::string>{"old"});
    CHECK(c.onlyNow == std::vector<std::string>{"new"});
}

TEST_CASE("what is no summary is refused, whatever it is", "[summary][comparison]") {
    for (auto const* text : {"", "{", "[]", "{}", "{\"shakedown\": 2}", "{\"shakedown\": 1}",
                             "{\"shakedown\": 1, \"scenario\": {\"name\": 3}, \"seed\": 1, "
                             "\"replications\": 1, \"loads\": {}}",
                             "\xff\xfe"}) {
        INFO(text);
        CHECK_FALSE(readPastRun(text, "summary.json").ok());
    }
}
