#include "reports/verdict/judgement.hpp"

#include <catch2/catch.hpp>

#include "tests/reports/verdict/shop.hpp"

using namespace shakedown;
using namespace shakedown::literals;
using namespace shakedown::tests;
using measure::Outcome;
using model::Comparison;
using model::Metric;
using model::ValueUnit;
using verdict::Demand;
using verdict::Evidence;
using verdict::Held;
using verdict::Judgement;

namespace {

// Judges the last expectation of `scenario` by runs that `fill` has made of empty ones.
template <class... F>
Judgement judgeBy(model::Scenario const& scenario, F const&... fill) {
    Demand const demand = verdict::demandOf(scenario);
    std::vector<Evidence> replications;
    auto const add = [&](auto const& f) {
        replications.push_back(shopEvidence(demand));
        replications.back().replication = static_cast<std::uint32_t>(replications.size() - 1);
        f(replications.back());
    };
    (add(fill), ...);
    return verdict::evaluate(scenario, shopNames(), demand, replications).back();
}

template <class... F>
Judgement judge(Metric metric, model::Subject const& subject, Comparison comparison, double limit,
                ValueUnit unit, F const&... fill) {
    auto scenario = shopScenario();
    expect(scenario, metric, subject, comparison, limit, unit);
    return judgeBy(scenario, fill...);
}

// 60 ok, 20 degraded, 10 failed, 6 rejected, 4 timed out, 10 in flight; 10 of the ok too late.
void mixed(measure::OutcomeTally& t) {
    happen(t, 50, Outcome::Ok, 10_ms);
    for (int i = 0; i < 10; ++i) {
        ++t.offered;
        t.end(Outcome::Ok, 2_s, false);
    }
    happen(t, 20, Outcome::Degraded, 20_ms);
    happen(t, 10, Outcome::Failed);
    happen(t, 6, Outcome::Rejected);
    happen(t, 4, Outcome::TimedOut);
    t.offered += 10;
}

void mixedLoad(Evidence& e) {
    mixed(e.loads[0].windows[0]);
}

double valueOfMixed(Metric metric, ValueUnit unit) {
    auto const j = judge(metric, visitors(), Comparison::Less, 1e9, unit, mixedLoad);
    REQUIRE(j.value);
    CHECK(j.held == Held::Yes);
    return *j.value;
}

} // namespace

TEST_CASE("shares of outcomes are of the requests that ended", "[verdict][metric]") {
    CHECK(valueOfMixed(Metric::Errors, ValueUnit::Share) == Approx(0.20));
    CHECK(valueOfMixed(Metric::Availability, ValueUnit::Share) == Approx(0.80));
    CHECK(valueOfMixed(Metric::Degraded, ValueUnit::Share) == Approx(0.20));
    CHECK(valueOfMixed(Metric::Rejected, ValueUnit::Share) == Approx(0.06));
    CHECK(valueOfMixed(Metric::Timeouts, ValueUnit::Share) == Approx(0.04));
    CHECK(valueOfMixed(Metric::Timeouts, ValueUnit::Count) == Approx(4));
}

TEST_CASE("throughput counts what was answered, goodput what was in time", "[verdict][metric]") {
    CHECK(valueOfMixed(Metric::Throughput, ValueUnit::PerSecond) == Approx(80.0 / 160));
    CHECK(valueOfMixed(Metric::Goodput, ValueUnit::PerSecond) == Approx(70.0 / 160));
    CHECK(valueOfMixed(Metric::Goodput, ValueUnit::Share) == Approx(70.0 / 110));
}

TEST_CASE("latencies are over ok and degraded requests", "[verdict][metric]") {
    CHECK(valueOfMixed(Metric::P50, ValueUnit::Seconds) == Approx(0.010).epsilon(0.001));
    CHECK(valueOfMixed(Metric::P90, ValueUnit::Seconds) == Approx(2).epsilon(0.001));
    CHECK(valueOfMixed(Metric::Max, ValueUnit::Seconds) == Approx(2));
    CHECK(valueOfMixed(Metric::Mean, ValueUnit::Seconds)
          == Approx((50 * 0.01 + 10 * 2 + 20 * 0.02) / 80));
}

TEST_CASE("a limit is strict or not as it is written", "[verdict][metric]") {
    auto const held = [](Comparison comparison) {
        return judge(Metric::Errors, visitors(), comparison, 0.25, ValueUnit::Share,
                     [](Evidence& e) {
                         happen(e.loads[0].windows[0], 3, Outcome::Ok);
                         happen(e.loads[0].windows[0], 1, Outcome::Failed);
                     })
            .held;
    };
    CHECK(held(Comparison::Less) == Held::No);
    CHECK(held(Comparison::LessOrEqual) == Held::Yes);
    CHECK(held(Comparison::Greater) == Held::No);
    CHECK(held(Comparison::GreaterOrEqual) == Held::Yes);
}

TEST_CASE("a quantile is taken over the requests of all replications", "[verdict][metric]") {
    auto const slowRun = [](Evidence& e) { happen(e.loads[0].windows[0], 10, Outcome::Ok, 1_s); };
    auto const quickRun = [](Evidence& e) {
        happen(e.loads[0].windows[0], 990, Outcome::Ok, 1_ms);
    };
    auto const j = judge(Metric::P99, visitors(), Comparison::Less, 0.1, ValueUnit::Seconds,
                         slowRun, quickRun);
    CHECK(*j.value == Approx(0.001).epsilon(0.001));
    CHECK(j.held == Held::Yes);
    CHECK_FALSE(j.interval);
}

TEST_CASE("a share is the mean of the replications, with its interval", "[verdict][metric]") {
    auto const failing = [](int failed) {
        return [failed](Evidence& e) {
            happen(e.loads[0].windows[0], failed, Outcome::Failed);
            happen(e.loads[0].windows[0], 10 - failed, Outcome::Ok);
        };
    };
    auto const j = judge(Metric::Errors, visitors(), Comparison::Less, 0.25, ValueUnit::Share,
                         failing(1), failing(2), failing(3));
    CHECK(*j.value == Approx(0.2));
    REQUIRE(j.interval);
    CHECK(j.interval->halfWidth() == Approx(4.302653 * 0.1 / std::sqrt(3.0)).epsilon(1e-5));
}

TEST_CASE("queue and utilisation are means over time", "[verdict][metric]") {
    auto const fill = [](Evidence& e) {
        e.windows[0].services[0].queueArea = 320;
        e.windows[0].services[0].busyArea = 480;
        e.windows[0].services[0].workerArea = 640;
    };
    CHECK(*judge(Metric::Queue, site(), Comparison::Less, 3, ValueUnit::Count, fill).value
          == Approx(2));
    CHECK(*judge(Metric::Utilisation, site(), Comparison::Less, 0.8, ValueUnit::Share, fill).value
          == Approx(0.75));
}

TEST_CASE("amplification is attempts over requests of the calls concerned", "[verdict][metric]") {
    auto const fill = [](Evidence& e) {
        e.windows[0].calls[0].requests = 100;
        e.windows[0].calls[0].attempts = 100;
        e.windows[0].calls[1].requests = 100;
        e.windows[0].calls[1].attempts = 270;
    };
    auto const of = [&](model::Subject const& subject) {
        return *judge(Metric::Amplification, subject, Comparison::Less, 2, ValueUnit::Count, fill)
                    .value;
    };
    CHECK(of(autosCall()) == Approx(2.7));
    CHECK(of({model::SubjectKind::Service, "autos"}) == Approx(2.7));
    CHECK(of(visitors()) == Approx(1));
}

TEST_CASE("open is the share of time that breakers were open", "[verdict][metric]") {
    auto const fill = [](Evidence& e) {
        e.windows[0].calls[1].openArea = 32;
        e.windows[0].calls[1].breakerArea = 320;
    };
    CHECK(*judge(Metric::Open, autosCall(), Comparison::Less, 0.5, ValueUnit::Share, fill).value
          == Approx(0.1));
}

TEST_CASE("the outcomes of a call are measured because they are asked for", "[verdict][metric]") {
    auto const j = judge(Metric::Errors, autosCall(), Comparison::Less, 0.5, ValueUnit::Share,
                         [](Evidence& e) {
                             REQUIRE(e.subjects.size() == 1);
                             happen(e.subjects[0].windows[0], 3, Outcome::Ok);
                             happen(e.subjects[0].windows[0], 1, Outcome::TimedOut);
                         });
    CHECK(*j.value == Approx(0.25));
}

TEST_CASE("a window has its own numbers", "[verdict][window]") {
    auto scenario = shopScenario();
    expect(scenario, Metric::Errors, visitors(), Comparison::Less, 0.01, ValueUnit::Share,
           model::DuringEvent{"autos-slow"});
    auto const j = judgeBy(scenario, [](Evidence& e) {
        happen(e.loads[0].windows[0], 10, Outcome::Ok);
        happen(e.loads[0].windows[1], 1, Outcome::Failed);
        happen(e.loads[0].windows[1], 1, Outcome::Ok);
    });
    CHECK(*j.value == Approx(0.5));
    CHECK(j.held == Held::No);
}

TEST_CASE("a quantile of no request does not hold, and says why", "[verdict][window]") {
    auto const nothing = [](Evidence&) {};
    for (Metric const metric : {Metric::P99, Metric::Mean, Metric::Errors, Metric::Availability}) {
        auto const j = judge(metric, visitors(), Comparison::Less, 1, ValueUnit::Seconds, nothing);
        CHECK(j.held == Held::No);
        CHECK_FALSE(j.value);
        CHECK(j.note.find("no request of visitors") == 0);
    }
}

TEST_CASE("a window that never opened is neither held nor broken", "[verdict][window]") {
    auto scenario = shopScenario();
    expect(scenario, Metric::P99, visitors(), Comparison::Less, 1, ValueUnit::Seconds,
           model::DuringEvent{"autos-slow"});
    auto const j = judgeBy(scenario, [](Evidence& e) {
        e.windows[1].spans.clear();
        e.windows[1].length = Duration();
    });
    CHECK(j.held == Held::Unknown);
    CHECK(j.note == "autos-slow did not happen");
}

TEST_CASE("replications in which the window never opened do not count", "[verdict][window]") {
    auto scenario = shopScenario();
    expect(scenario, Metric::Throughput, visitors(), Comparison::GreaterOrEqual, 1,
           ValueUnit::PerSecond, model::DuringEvent{"autos-slow"});
    auto const j = judgeBy(
        scenario, [](Evidence& e) { happen(e.loads[0].windows[1], 60, Outcome::Ok); },
        [](Evidence& e) { e.windows[1].length = Duration(); });
    CHECK(*j.value == Approx(1));
    CHECK(j.held == Held::Yes);
}

TEST_CASE("what is not measured is unknown", "[verdict]") {
    auto const nothing = [](Evidence&) {};
    CHECK(judge(Metric::Lag, {model::SubjectKind::Topic, "orders"}, Comparison::Less, 1,
                ValueUnit::Seconds, nothing)
              .held
          == Held::Unknown);
    CHECK(judge(Metric::Open, autosCall(), Comparison::Less, 1, ValueUnit::Share, nothing).held
          == Held::Unknown);
}

TEST_CASE("judgements keep the order and the words of the scenario", "[verdict]") {
    auto scenario = shopScenario();
    expect(scenario, Metric::P99, visitors(), Comparison::Less, 1, ValueUnit::Seconds);
    expect(scenario, Metric::Errors, visitors(), Comparison::Less, 0.1, ValueUnit::Share);
    Demand const demand = verdict::demandOf(scenario);
    auto const all = evaluate(scenario, shopNames(), demand, {shopEvidence(demand)});
    REQUIRE(all.size() == 2);
    CHECK(all[0].text == "expectation 1");
    CHECK(all[1].text == "expectation 2");
    CHECK(all[1].limit == 0.1);
}
