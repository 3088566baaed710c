#include "reports/summary/load_replication.hpp"

#include <catch2/catch.hpp>

#include "reports/summary/summary.hpp"
#include "tests/reports/verdict/shop.hpp"

using namespace shakedown;
using namespace shakedown::literals;
using namespace shakedown::summary;
using namespace shakedown::tests;
using measure::Outcome;

TEST_CASE("a replication's figures are those of its own requests", "[summary][replication]") {
    measure::OutcomeTally tally;
    happen(tally, 60, Outcome::Ok, 10_ms);
    happen(tally, 20, Outcome::Degraded, 30_ms);
    happen(tally, 15, Outcome::Failed);
    happen(tally, 5, Outcome::TimedOut);
    tally.offered += 7; // in flight
    auto const r = loadReplication(tally, 40);
    CHECK(r.goodput == 2);
    CHECK(r.ends->errors == 0.2);
    CHECK(r.ends->degraded == 0.2);
    CHECK(r.answers->mean == 15_ms);
    CHECK(r.answers->p50.inMilliseconds() == Approx(10).epsilon(0.001));
    CHECK(r.answers->p99.inMilliseconds() == Approx(30).epsilon(0.001));
}

TEST_CASE("what did not happen has no figure", "[summary][replication]") {
    measure::OutcomeTally tally;
    tally.offered = 3;
    CHECK_FALSE(loadReplication(tally, 40).ends);
    CHECK_FALSE(loadReplication(tally, 40).answers);
    CHECK(loadReplication(tally, 0).goodput == 0);
    happen(tally, 1, Outcome::Rejected);
    CHECK(loadReplication(tally, 40).ends->errors == 1);
    CHECK_FALSE(loadReplication(tally, 40).answers);
}

TEST_CASE("a summary keeps the figures of each replication and where its chance came from",
          "[summary][replication]") {
    auto const scenario = shopScenario();
    auto const demand = verdict::demandOf(scenario);
    std::vector<verdict::Evidence> replications;
    for (std::uint32_t r = 0; r < 3; ++r) {
        auto e = shopEvidence(demand);
        e.seed = 7 + r;
        e.replication = r;
        happen(e.loads[0].windows[0], 160 * static_cast<int>(r + 1), Outcome::Ok);
        replications.push_back(std::move(e));
    }
    auto const s = summarise(scenario, shopNames(), demand, replications, "ideal");
    CHECK(s.kept == std::vector<ReplicationId>{{7, 0}, {8, 1}, {9, 2}});
    REQUIRE(s.loads[0].replications.size() == 3);
    CHECK(s.loads[0].replications[0].goodput == 1);
    CHECK(s.loads[0].replications[2].goodput == 3);
}

TEST_CASE("figures are kept up to a limit, of the first replications", "[summary][replication]") {
    CHECK(keptReplications(1000, 3) == 1000);
    CHECK(keptReplications(100'000, 3) == 9523);
    CHECK(keptReplications(100'000, 3) * 3 * figuresOfReplication <= keptFigures);
    CHECK(keptReplications(10, 100'000) == 0);
    CHECK(keptReplications(10, 0) == 10);
}
