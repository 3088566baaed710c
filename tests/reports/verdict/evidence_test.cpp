#include "reports/verdict/evidence.hpp"

#include <catch2/catch.hpp>

#include "tests/reports/verdict/shop.hpp"

using namespace shakedown;
using namespace shakedown::tests;
using model::Comparison;
using model::Metric;
using model::ValueUnit;

TEST_CASE("without expectations and faults only the whole run is measured", "[verdict][demand]") {
    auto scenario = shopScenario();
    scenario.faults.clear();
    auto const demand = verdict::demandOf(scenario);
    REQUIRE(demand.windows.size() == 1);
    CHECK(demand.windows[0] == model::Window{model::WholeRun{}});
    CHECK(demand.outcomes.empty());
    CHECK(demand.seconds.empty());
}

TEST_CASE("every window is demanded once", "[verdict][demand]") {
    auto scenario = shopScenario();
    for (int i = 0; i < 2; ++i) {
        expect(scenario, Metric::P99, visitors(), Comparison::Less, 1, ValueUnit::Seconds,
               model::DuringEvent{"autos-slow"});
        expect(scenario, Metric::P99, visitors(), Comparison::Less, 1, ValueUnit::Seconds,
               model::FromTo{Duration::seconds(1), Duration::seconds(2)});
        expect(scenario, Metric::P99, visitors(), Comparison::Less, 1, ValueUnit::Seconds);
    }
    CHECK(verdict::demandOf(scenario).windows.size() == 5); // those two, before and after, the run
}

TEST_CASE("before, during and after are of the fault that begins first", "[verdict][demand]") {
    auto scenario = shopScenario();
    scenario.faults.push_back(scenario.faults.front());
    scenario.faults.back().name = "earlier";
    scenario.faults.back().when.at = *scenario.faults.front().when.at - Duration::seconds(1);
    scenario.faults.insert(scenario.faults.begin(), scenario.faults.front());
    scenario.faults.front().name = "by chance";
    scenario.faults.front().when.mtbf = Duration::seconds(1);
    auto const demand = verdict::demandOf(scenario);
    CHECK(demand.windows
          == std::vector<model::Window>{model::WholeRun{}, model::BeforeEvent{"earlier"},
                                        model::DuringEvent{"earlier"},
                                        model::AfterEvent{"earlier"}});
}

TEST_CASE("the first fault gives way to windows of expectations", "[verdict][demand]") {
    auto scenario = shopScenario();
    for (int i = 0; i < 61; ++i) {
        expect(scenario, Metric::P99, visitors(), Comparison::Less, 1, ValueUnit::Seconds,
               model::FromTo{Duration::seconds(i), Duration::seconds(i + 1)});
    }
    CHECK(verdict::demandOf(scenario).windows.size() == 62);
}

TEST_CASE("outcomes are demanded of what has no meter anyway", "[verdict][demand]") {
    auto scenario = shopScenario();
    expect(scenario, Metric::P99, visitors(), Comparison::Less, 1, ValueUnit::Seconds);
    expect(scenario, Metric::Queue, site(), Comparison::Less, 1, ValueUnit::Count);
    expect(scenario, Metric::Amplification, autosCall(), Comparison::Less, 1, ValueUnit::Count);
    CHECK(verdict::demandOf(scenario).outcomes.empty());
    expect(scenario, Metric::Errors, site(), Comparison::Less, 1, ValueUnit::Share);
    expect(scenario, Metric::P99, site(), Comparison::Less, 1, ValueUnit::Seconds);
    CHECK(verdict::demandOf(scenario).outcomes == std::vector<model::Subject>{site()});
}

TEST_CASE("recovery demands its subject's seconds, a blast radius those of all services",
          "[verdict][demand]") {
    auto scenario = shopScenario();
    expectRecovery(scenario, visitors(), Duration::seconds(10));
    CHECK(verdict::demandOf(scenario).seconds == std::vector<model::Subject>{visitors()});
    expect(scenario, Metric::BlastRadius, {model::SubjectKind::Fault, "autos-slow"},
           Comparison::Less, 2, ValueUnit::Count);
    CHECK(verdict::demandOf(scenario).seconds.size() == 3);
    CHECK(verdict::demandOf(scenario).windows.size() == 4); // none of theirs
}
