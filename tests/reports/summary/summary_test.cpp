#include "reports/summary/summary.hpp"

#include <catch2/catch.hpp>

#include "reports/record/digest.hpp"
#include "tests/reports/verdict/shop.hpp"

using namespace shakedown;
using namespace shakedown::literals;
using namespace shakedown::tests;
using measure::Outcome;
using summary::Summary;
using verdict::Evidence;

namespace {

Evidence plain() {
    return shopEvidence(verdict::demandOf(shopScenario()));
}

Summary summed(std::vector<Evidence> const& replications) {
    auto const scenario = shopScenario();
    return summary::summarise(scenario, shopNames(), verdict::demandOf(scenario), replications,
                              "ideal");
}

Evidence withVisitors(int ok, Duration took) {
    Evidence e = plain();
    happen(e.loads[0].windows[0], ok, Outcome::Ok, took);
    return e;
}

measure::Interval const* findInterval(summary::LoadSummary const& load, std::string const& of) {
    for (auto const& named : load.intervals) {
        if (named.of == of) {
            return &named.interval;
        }
    }
    return nullptr;
}

} // namespace

TEST_CASE("counts are totals over replications, rates are means", "[summary]") {
    auto const s = summed({withVisitors(160, 10_ms), withVisitors(320, 10_ms)});
    CHECK(s.loads[0].offered == 480);
    CHECK(s.loads[0].ok == 480);
    CHECK(s.loads[0].throughput == Approx(1.5));
    CHECK(s.replications == 2);
    CHECK(s.events == 2000);
}

TEST_CASE("offered is the sum of every way to end and what is in flight", "[summary]") {
    Evidence e = plain();
    auto& t = e.loads[0].windows[0];
    int n = 1;
    for (auto const outcome :
         {Outcome::Ok, Outcome::Degraded, Outcome::Failed, Outcome::Rejected, Outcome::TimedOut}) {
        happen(t, n++, outcome);
    }
    t.offered += 7;
    auto const l = summed({e}).loads[0];
    CHECK(l.ok == 1);
    CHECK(l.timedOut == 5);
    CHECK(l.inFlight == 7);
    CHECK(l.offered == l.ok + l.degraded + l.failed + l.rejected + l.timedOut + l.inFlight);
    CHECK(l.errors == Approx(12.0 / 15));
}

TEST_CASE("quantiles are those of all replications together", "[summary]") {
    auto const l = summed({withVisitors(990, 1_ms), withVisitors(10, 1_s)}).loads[0];
    CHECK(l.latency.p99.inMilliseconds() == Approx(1).epsilon(0.001));
    CHECK(l.latency.max == 1_s);
}

TEST_CASE("several replications give intervals over replications", "[summary][interval]") {
    auto const s =
        summed({withVisitors(160, 9_ms), withVisitors(160, 10_ms), withVisitors(160, 11_ms)});
    auto const* mean = findInterval(s.loads[0], "latency_ms.mean");
    REQUIRE(mean != nullptr);
    CHECK(mean->method == measure::IntervalMethod::Replications);
    CHECK(mean->mean == Approx(10));
    CHECK(mean->halfWidth() == Approx(4.302653 / std::sqrt(3.0)).epsilon(1e-4));
    CHECK(findInterval(s.loads[0], "throughput_per_s") != nullptr);
}

TEST_CASE("one run gives intervals from its batches, and says so", "[summary][interval]") {
    Evidence e = withVisitors(40, 10_ms);
    e.batches = {{{0.09, 10}, {0.10, 10}, {0.11, 10}, {0.10, 10}}};
    auto const s = summed({e});
    auto const* mean = findInterval(s.loads[0], "latency_ms.mean");
    REQUIRE(mean != nullptr);
    CHECK(mean->method == measure::IntervalMethod::BatchMeans);
    CHECK(mean->mean == Approx(10));
    CHECK(findInterval(s.loads[0], "throughput_per_s") == nullptr);
}

TEST_CASE("a service's numbers come from its counters", "[summary]") {
    Evidence e = plain();
    auto& c = e.windows[0].services[0];
    c.busyArea = 320;
    c.workerArea = 640;
    c.queueArea = 1600;
    c.queueMax = 42;
    c.started = 100;
    c.waited = 25;
    c.rejected = 3;
    c.dropped = 2;
    auto const s = summed({e, e}).services[0];
    CHECK(s.name == "site");
    CHECK(s.utilisation == Approx(0.5));
    CHECK(s.queueMean == Approx(10));
    CHECK(s.queueMax == 42);
    CHECK(s.waitProbability == Approx(0.25));
    CHECK(s.rejected == 6);
    CHECK(s.dropped == 4);
}

TEST_CASE("a call's numbers come from its counters", "[summary]") {
    Evidence e = plain();
    auto& c = e.windows[0].calls[1];
    c.requests = 100;
    c.attempts = 250;
    c.opened = 2;
    c.openArea = 16;
    c.breakerArea = 320;
    auto const s = summed({e}).calls[1];
    CHECK(s.name == "site -> autos");
    CHECK(s.amplification == Approx(2.5));
    CHECK(s.opened == 2);
    CHECK(s.openSeconds == Approx(16));
    CHECK(s.openShare == Approx(0.05));
}

TEST_CASE("a run in which nothing happened has numbers, all zero", "[summary]") {
    auto const s = summed({plain()});
    CHECK(s.loads[0].throughput == 0);
    CHECK(s.loads[0].errors == 0);
    CHECK(s.services[0].utilisation == 0);
    CHECK(s.calls[0].amplification == 0);
    CHECK(s.cascade.empty());
    CHECK(s.contradictions.empty());
}

TEST_CASE("the digest is that of the replications' digests in order", "[summary]") {
    Evidence a = plain();
    Evidence b = plain();
    a.digest = 1;
    b.digest = 2;
    CHECK(summed({a, b}).digest == record::combineDigests({1, 2}));
    CHECK(summed({a, b}).digest != summed({b, a}).digest);
}

TEST_CASE("the worst end of any replication is the run's", "[summary]") {
    Evidence late = plain();
    late.reason = record::EndReason::EventLimit;
    late.ended = SimTime::at(50_s);
    auto const s = summed({plain(), late});
    CHECK(s.reason == record::EndReason::EventLimit);
    CHECK(s.simulatedSeconds == Approx(180));
}

TEST_CASE("books that do not balance are carried into the summary", "[summary]") {
    Evidence e = plain();
    e.whole[0].offered = 1;
    CHECK(summed({plain(), e}).contradictions.size() == 1);
}
