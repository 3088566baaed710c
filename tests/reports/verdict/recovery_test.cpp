#include "reports/verdict/recovery.hpp"

#include <catch2/catch.hpp>

#include "tests/reports/verdict/shop.hpp"

using namespace shakedown;
using namespace shakedown::literals;
using namespace shakedown::tests;
using verdict::Demand;
using verdict::Evidence;
using verdict::Held;
using verdict::Judgement;

namespace {

template <class... F>
Judgement judgeBy(model::Scenario const& scenario, F const&... fill) {
    Demand const demand = verdict::demandOf(scenario);
    std::vector<Evidence> replications;
    ((replications.push_back(shopEvidence(demand)), fill(replications.back())), ...);
    return verdict::evaluate(scenario, shopNames(), demand, replications).back();
}

model::Scenario recovering(Duration within) {
    auto scenario = shopScenario();
    expectRecovery(scenario, visitors(), within);
    return scenario;
}

model::Scenario blasting(double limit, model::ValueUnit unit) {
    auto scenario = shopScenario();
    expect(scenario, model::Metric::BlastRadius, {model::SubjectKind::Fault, "autos-slow"},
           model::Comparison::LessOrEqual, limit, unit);
    return scenario;
}

auto brokenUntil(std::size_t second, std::size_t subject = 0, std::size_t from = 60) {
    return [=](Evidence& e) {
        for (std::size_t s = from; s < second; ++s) {
            e.seconds[subject][s].good = 0;
        }
    };
}

void healthy(Evidence&) {}

SimTime at(Duration d) {
    return SimTime::at(d);
}

} // namespace

TEST_CASE("recovery within the time given holds, its value is the time taken",
          "[verdict][recovery]") {
    auto const j = judgeBy(recovering(10_s), brokenUntil(130));
    CHECK(j.held == Held::Yes);
    CHECK(*j.value == Approx(10));
    CHECK(j.limit == Approx(10));
    CHECK(judgeBy(recovering(10_s), brokenUntil(131)).held == Held::No);
}

TEST_CASE("a system that stays down has no time of recovery", "[verdict][recovery]") {
    auto const j = judgeBy(recovering(10_s), brokenUntil(180));
    CHECK(j.held == Held::No);
    CHECK_FALSE(j.value);
    CHECK(j.note == "no ten steady seconds before the run ended");
}

TEST_CASE("every replication must recover, the slowest is shown", "[verdict][recovery]") {
    auto const j = judgeBy(recovering(10_s), brokenUntil(122), brokenUntil(125), healthy);
    CHECK(*j.value == Approx(5));
    CHECK(j.note == "slowest of 3 occurrences");
    auto const k = judgeBy(recovering(10_s), healthy, brokenUntil(180));
    CHECK(k.held == Held::No);
    CHECK(k.note.find("(1 of 2 occurrences)") != std::string::npos);
}

TEST_CASE("every occurrence of a recurring fault must recover", "[verdict][recovery]") {
    auto const twice = [](Evidence& e) {
        e.eventSpans = {{0, at(40_s), at(45_s)}, {0, at(100_s), at(105_s)}};
        brokenUntil(46, 0, 40)(e);
        brokenUntil(120, 0, 100)(e);
    };
    auto const j = judgeBy(recovering(10_s), twice);
    CHECK(*j.value == Approx(15));
    CHECK(j.held == Held::No);
}

TEST_CASE("an event that never ends counts from its begin", "[verdict][recovery]") {
    auto const endless = [](Evidence& e) {
        e.eventSpans[0].end = SimTime::never();
        brokenUntil(63)(e);
    };
    auto const j = judgeBy(recovering(10_s), endless);
    CHECK(*j.value == Approx(3));
    CHECK(j.note == "counted from its begin: autos-slow never ended");
}

TEST_CASE("recovery from what did not happen is unknown", "[verdict][recovery]") {
    auto const j = judgeBy(recovering(10_s), [](Evidence& e) { e.eventSpans.clear(); });
    CHECK(j.held == Held::Unknown);
    CHECK(j.note == "autos-slow did not happen");
}

TEST_CASE("recovery without a baseline is unknown", "[verdict][recovery]") {
    auto const j = judgeBy(recovering(10_s), [](Evidence& e) { e.eventSpans[0].begin = at(20_s); });
    CHECK(j.held == Held::Unknown);
    CHECK(j.note.find("no baseline") == 0);
}

TEST_CASE("the blast radius is the number of services outside for three seconds",
          "[verdict][blast]") {
    auto const j = judgeBy(blasting(1, model::ValueUnit::Count), brokenUntil(70, 1));
    CHECK(*j.value == Approx(1));
    CHECK(j.held == Held::Yes);
    CHECK(j.note == "autos");
    auto const both = judgeBy(blasting(1, model::ValueUnit::Count), [](Evidence& e) {
        brokenUntil(70, 0)(e);
        brokenUntil(70, 1)(e);
    });
    CHECK(*both.value == Approx(2));
    CHECK(both.held == Held::No);
}

TEST_CASE("a blast radius with a share as its limit is a share of the services",
          "[verdict][blast]") {
    auto const j = judgeBy(blasting(0.6, model::ValueUnit::Share), brokenUntil(70, 1), healthy);
    CHECK(*j.value == Approx(0.25));
}

TEST_CASE("what the next fault breaks is not in the radius of the first", "[verdict][blast]") {
    auto scenario = blasting(0, model::ValueUnit::Count);
    model::Fault later = scenario.faults[0];
    later.name = "later";
    scenario.faults.push_back(later);
    Demand const demand = verdict::demandOf(scenario);
    auto names = shopNames();
    names.events.emplace_back("later");
    Evidence e = shopEvidence(demand);
    e.eventSpans.push_back({1, at(150_s), at(160_s)});
    brokenUntil(160, 0, 150)(e);
    CHECK(*evaluate(scenario, names, demand, {e})[0].value == Approx(0));
    e.eventSpans.pop_back();
    CHECK(*evaluate(scenario, names, demand, {e})[0].value == Approx(1));
}

TEST_CASE("the blast radius of what did not happen is unknown", "[verdict][blast]") {
    auto const j =
        judgeBy(blasting(1, model::ValueUnit::Count), [](Evidence& e) { e.eventSpans.clear(); });
    CHECK(j.held == Held::Unknown);
}
