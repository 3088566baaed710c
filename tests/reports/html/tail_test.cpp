#include "reports/html/tail.hpp"

#include <catch2/catch.hpp>

#include "tests/reports/verdict/shop.hpp"

using namespace shakedown;
using namespace shakedown::html;
using namespace shakedown::tests;

TEST_CASE("a tail reaches as far as its requests do", "[html][tail]") {
    auto scenario = shopScenario();
    expect(scenario, model::Metric::P99, visitors(), model::Comparison::Less, 1,
           model::ValueUnit::Seconds, model::DuringEvent{"autos-slow"});
    auto const demand = verdict::demandOf(scenario);
    auto evidence = shopEvidence(demand);
    happen(evidence.loads[0].windows[0], 990, measure::Outcome::Ok, Duration::milliseconds(10));
    happen(evidence.loads[0].windows[0], 10, measure::Outcome::Ok, Duration::seconds(2));
    happen(evidence.loads[0].windows[1], 10, measure::Outcome::Ok, Duration::seconds(2));
    auto const tails = tailsOf(demand, shopNames(), {evidence});
    REQUIRE(tails.size() == 1);
    REQUIRE(tails[0].lines.size() == 2);
    auto const& whole = tails[0].lines[0];
    CHECK(whole.window == "whole run");
    CHECK(whole.count == 1000);
    REQUIRE(whole.seconds.size() == 31); // three nines
    CHECK(whole.seconds[10] == Approx(0.01).epsilon(0.01));
    CHECK(whole.seconds[30] == Approx(2).epsilon(0.01));
    CHECK(tails[0].lines[1].window == "during autos-slow");
    CHECK(tails[0].lines[1].seconds.size() == 11);
}

TEST_CASE("who got no answer has no tail", "[html][tail]") {
    auto const demand = verdict::demandOf(shopScenario());
    auto const tails = tailsOf(demand, shopNames(), {shopEvidence(demand)});
    CHECK(tails.at(0).lines.at(0).seconds.empty());
}
