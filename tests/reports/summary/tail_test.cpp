#include "reports/summary/tail.hpp"

#include <catch2/catch.hpp>

#include "tests/reports/verdict/shop.hpp"

using namespace shakedown;
using namespace shakedown::summary;
using namespace shakedown::tests;

TEST_CASE("a tail reaches as far as its requests do", "[summary][tail]") {
    auto scenario = shopScenario();
    expect(scenario, model::Metric::P99, visitors(), model::Comparison::Less, 1,
           model::ValueUnit::Seconds, model::DuringEvent{"autos-slow"});
    auto const demand = verdict::demandOf(scenario);
    auto evidence = shopEvidence(demand);
    happen(evidence.loads[0].windows[0], 990, measure::Outcome::Ok, Duration::milliseconds(10));
    happen(evidence.loads[0].windows[0], 10, measure::Outcome::Ok, Duration::seconds(2));
    happen(evidence.loads[0].windows[1], 10, measure::Outcome::Ok, Duration::seconds(2));
    auto const tail = tailOf(0, demand, {evidence});
    REQUIRE(tail.size() == 2);
    auto const& whole = tail[0];
    CHECK(whole.window == "whole run");
    CHECK(whole.count == 1000);
    REQUIRE(whole.latencies.size() == 31); // three nines
    CHECK(whole.latencies[10].inSeconds() == Approx(0.01).epsilon(0.01));
    CHECK(whole.latencies[30].inSeconds() == Approx(2).epsilon(0.01));
    CHECK(tail[1].window == "during autos-slow");
    CHECK(tail[1].latencies.size() == 11);
}

TEST_CASE("who got no answer has no tail", "[summary][tail]") {
    auto const demand = verdict::demandOf(shopScenario());
    auto const tail = tailOf(0, demand, {shopEvidence(demand)});
    REQUIRE(tail.size() == 1);
    CHECK(tail[0].latencies.empty());
}

TEST_CASE("the first fault's story comes first, what expectations speak of after it",
          "[summary][tail]") {
    auto scenario = shopScenario();
    expect(scenario, model::Metric::P99, visitors(), model::Comparison::Less, 1,
           model::ValueUnit::Seconds,
           model::FromTo{Duration::seconds(1), Duration::milliseconds(2500)});
    expect(scenario, model::Metric::P99, visitors(), model::Comparison::Less, 1,
           model::ValueUnit::Seconds, model::AfterEvent{"autos-slow"});
    auto const demand = verdict::demandOf(scenario);
    auto evidence = shopEvidence(demand);
    for (auto& window : evidence.loads[0].windows) {
        happen(window, 10, measure::Outcome::Ok, Duration::milliseconds(10));
    }
    std::vector<std::string> windows;
    for (auto const& line : tailOf(0, demand, {evidence, evidence})) {
        windows.push_back(line.window);
        CHECK(line.count == 20);
    }
    CHECK(windows
          == std::vector<std::string>{"whole run", "before autos-slow", "during autos-slow",
                                      "after autos-slow"});
}
