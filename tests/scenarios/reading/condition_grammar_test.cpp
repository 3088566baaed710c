#include "scenarios/reading/condition_grammar.hpp"

#include <catch2/catch.hpp>

#include <string>

#include "scenarios/model/enum_names.hpp"

using namespace shakedown;
using namespace shakedown::model;
using namespace shakedown::reading;
using namespace shakedown::literals;

namespace {

MetricCondition metricOf(std::string const& text) {
    auto const parsed = parseCondition(text, {"f", 1, 1});
    INFO((parsed.ok() ? "" : parsed.errors().front().message));
    REQUIRE(parsed.ok());
    return std::get<MetricCondition>(parsed.value().what);
}

// Each metric with a value of its unit.
std::string valueFor(Metric metric) {
    switch (reading::unitOf(metric)) {
    case ValueUnit::Seconds:
        return "200ms";
    case ValueUnit::PerSecond:
        return "50/s";
    case ValueUnit::Share:
        return "1%";
    case ValueUnit::Count:
        break;
    }
    return "3";
}

} // namespace

TEST_CASE("every metric is compared with its unit and with no other", "[reading][condition]") {
    for (auto const& named : namesOf<Metric>()) {
        std::string const head = std::string(named.name) + "(visitors) < ";
        CAPTURE(head);
        CHECK(metricOf(head + valueFor(named.value)).metric == named.value);
        int accepted = 0;
        for (char const* value : {"200ms", "50/s", "1%", "3"}) {
            accepted += parseCondition(head + value, {"f", 1, 1}).ok() ? 1 : 0;
        }
        bool const isTwofold = named.value == Metric::Goodput || named.value == Metric::Errors
                               || named.value == Metric::Degraded || named.value == Metric::Rejected
                               || named.value == Metric::Timeouts;
        CHECK(accepted == (isTwofold ? 2 : 1));
    }
}

TEST_CASE("a condition has a subject, a comparison, a value and a window", "[reading][condition]") {
    auto const call = metricOf("p99(site -> autos) <= 1.5s during autos-slow");
    CHECK(call.subject == Subject{SubjectKind::Call, "site -> autos"});
    CHECK(call.comparison == Comparison::LessOrEqual);
    CHECK(call.value == 1.5);
    CHECK(call.window == Window(DuringEvent{"autos-slow"}));

    auto const endpoint = metricOf("goodput(shop/buy) >= 90% after a.b:c");
    CHECK(endpoint.subject == Subject{SubjectKind::Endpoint, "shop/buy"});
    CHECK(endpoint.unit == ValueUnit::Share);
    CHECK(endpoint.value == 0.9);
    CHECK(endpoint.window == Window(AfterEvent{"a.b:c"}));

    auto const plain = metricOf("errors(visitors) > 5 from 10s to 1m");
    CHECK(plain.comparison == Comparison::Greater);
    CHECK(plain.unit == ValueUnit::Count);
    CHECK(plain.window == Window(FromTo{10_s, 60_s}));

    CHECK(metricOf("blast_radius(autos-slow) < 2").subject.kind == SubjectKind::Fault);
    CHECK(metricOf("p99(visitors)<200ms").window == Window(WholeRun{}));
    CHECK(metricOf("p99( visitors )  <  200ms").subject.name == "visitors");
}

TEST_CASE("a recovery has a subject, a limit and a fault", "[reading][condition]") {
    auto const parsed = parseCondition("recovers(visitors) within 10s of autos-slow", {"f", 1, 1});
    REQUIRE(parsed.ok());
    auto const& recovery = std::get<RecoveryCondition>(parsed.value().what);
    CHECK(recovery.subject.name == "visitors");
    CHECK(recovery.within == 10_s);
    CHECK(recovery.event == "autos-slow");
    CHECK(parsed.value().text == "recovers(visitors) within 10s of autos-slow");
}

TEST_CASE("what is wrong with a condition is told at its place", "[reading][condition]") {
    struct Case {
        char const* text;
        char const* code;
        int column;
    };
    Case const cases[] = {
        {"", "E201", 1},
        {"p99", "E201", 4},
        {"p99 visitors < 1s", "E201", 4},
        {"p99(visitors < 1s", "E201", 13},
        {"p99() < 1s", "E201", 5},
        {"p98(visitors) < 1s", "E202", 1},
        {"eror(visitors) < 1%", "E202", 1},
        {"p99(visi tors) < 1s", "E108", 9},
        {"p99(a -> ) < 1s", "E109", 5},
        {"p99(visitors) = 1s", "E201", 15},
        {"p99(visitors) == 1s", "E201", 15},
        {"p99(visitors) != 1s", "E201", 15},
        {"p99(visitors) <", "E104", 16},
        {"p99(visitors) < soon", "E104", 17},
        {"p99(visitors) < 1%", "E204", 17},
        {"p99(visitors) < 400", "E204", 17},
        {"p99(visitors) < none", "E104", 17},
        {"p99(visitors) < nan", "E104", 17},
        {"p99(visitors) < 1s durign x", "E201", 20},
        {"p99(visitors) < 1s during", "E108", 26},
        {"p99(visitors) < 1s during a b", "E201", 29},
        {"p99(visitors) < 1s from 10s to 5s", "E105", 32},
        {"p99(visitors) < 1s from 10s to 10s", "E105", 32},
        {"p99(visitors) < 1s from 10s 20s", "E201", 29},
        {"p99(visitors) < 1s from x to 5s", "E104", 25},
        {"recovers(visitors) in 10s of x", "E201", 20},
        {"recovers(visitors) within 10 of x", "E104", 27},
        {"recovers(visitors) within none of x", "E104", 27},
        {"recovers(visitors) within 10s", "E201", 30},
        {"recovers(visitors) within 10s of x y", "E201", 36},
    };
    for (auto const& one : cases) {
        CAPTURE(one.text);
        auto const parsed = parseCondition(one.text, {"f", 4, 1});
        REQUIRE_FALSE(parsed.ok());
        auto const& error = parsed.errors().front();
        CHECK(error.code == one.code);
        CHECK(error.place.line == 4);
        CHECK(error.place.column == one.column);
    }
}

TEST_CASE("a percentile that is not measured is answered with those that are",
          "[reading][condition]") {
    auto const hint = [](char const* text) {
        return parseCondition(text, {"f", 1, 1}).errors().front().hint;
    };
    CHECK(hint("p98(a) < 1s") == "the percentiles are p50, p90, p95, p99 and p999");
    CHECK(hint("p99.9(a) < 1s") == "the percentiles are p50, p90, p95, p99 and p999");
    CHECK(hint("erors(a) < 1%") == "did you mean 'errors'?");
    CHECK(hint("recover(a) within 1s of b") == "did you mean 'recovers'?");
}

TEST_CASE("the measure of a lesson is a condition without its comparison", "[reading][condition]") {
    CHECK(parseMeasure("p99(visitors)", {"f", 1, 1}).ok());
    CHECK(parseMeasure("p99(visitors) during autos-slow", {"f", 1, 1}).ok());
    CHECK_FALSE(parseMeasure("p99(visitors) < 1s", {"f", 1, 1}).ok());
    CHECK_FALSE(parseMeasure("p98(visitors)", {"f", 1, 1}).ok());
}
