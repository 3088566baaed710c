#include "reports/summary/comparison.hpp"

#include <catch2/catch.hpp>

#include <algorithm>
#include <cmath>

#include "tests/reports/summary/two_runs.hpp"

using namespace shakedown;
using namespace shakedown::literals;
using namespace shakedown::summary;
using namespace shakedown::tests;

namespace {

// Errors and degraded answers that differ a little from one replication to the next.
PastRun withShares(double errors, double degraded) {
    int r = 0;
    return usualRun(5, 1, [&](LoadReplication& replication) {
        double const own = 1 + 1e-3 * ++r;
        replication.ends = LoadReplication::Ends{errors * own, degraded * own};
    });
}

Change degradedChange(PastRun const& before, PastRun const& now) {
    return numberOf(compared(before, now), "degraded").change;
}

} // namespace

TEST_CASE("more goodput is better, more latency and errors are worse", "[summary][comparison]") {
    auto const c = compared(usualRun(5), usualRun(5, 1, [](LoadReplication& r) {
                                r.goodput *= 1.2;
                                r.ends->errors += 0.05;
                                r.answers->p99 = r.answers->p99 * 1.5;
                            }));
    CHECK(numberOf(c, "goodput").change == Change::Better);
    CHECK(numberOf(c, "errors").change == Change::Worse);
    CHECK(numberOf(c, "p99").change == Change::Worse);
    CHECK(numberOf(c, "p50").change == Change::Same);
    CHECK(c.overall == Overall::Mixed);
}

TEST_CASE("equal runs with equal seeds differ by exactly nothing", "[summary][comparison]") {
    auto const c = compared(usualRun(7), usualRun(7));
    CHECK(c.isPaired);
    CHECK(c.isEqual());
    CHECK(c.overall == Overall::Same);
    for (auto const& d : c.loads.at(0).differences) {
        CAPTURE(d.metric);
        CHECK(d.value == 0);
        CHECK(d.interval->low == 0);
        CHECK(d.interval->high == 0);
        CHECK(d.p == 1.0);
        CHECK(d.method == DifferenceMethod::Paired);
        CHECK_FALSE(d.mayHide());
    }
}

TEST_CASE("pairs show what independent runs would not", "[summary][comparison]") {
    // Two replications that have little in common, both 2 % slower in the second run.
    auto const before = runOf({replication(100, 0, 10_ms), replication(100, 0, 90_ms),
                               replication(100, 0, 50_ms), replication(100, 0, 30_ms)});
    auto slower = before;
    for (auto& r : slower.loads[0].replications) {
        r.answers->mean = r.answers->mean + 1_ms + r.answers->mean * 1e-3;
    }
    CHECK(numberOf(compared(before, slower), "mean").change == Change::Worse);
    auto elsewhere = slower;
    for (auto& id : elsewhere.kept) {
        id.seed += 100;
    }
    auto const c = compared(before, elsewhere);
    CHECK_FALSE(c.isPaired);
    CHECK(numberOf(c, "mean").method == DifferenceMethod::Welch);
    CHECK(numberOf(c, "mean").change == Change::Same);
    CHECK(numberOf(c, "mean").mayHide().value() > 0.001);
}

TEST_CASE("pairs belong together by seed and replication, not by place", "[summary][comparison]") {
    auto const before = usualRun(4);
    auto shuffled = before;
    std::reverse(shuffled.kept.begin(), shuffled.kept.end());
    std::reverse(shuffled.loads[0].replications.begin(), shuffled.loads[0].replications.end());
    CHECK(compared(before, shuffled).isEqual());
    auto wrong = before;
    std::reverse(wrong.kept.begin(), wrong.kept.end());
    CHECK_FALSE(compared(before, wrong).isEqual());
}

TEST_CASE("a change that is certain but too small to notice is none", "[summary][comparison]") {
    auto const slower = [](double factor) {
        return usualRun(5, 1,
                        [&](LoadReplication& r) { r.answers->mean = r.answers->mean * factor; });
    };
    auto const small = numberOf(compared(usualRun(5), slower(1.009)), "mean");
    CHECK(small.isSignificant());
    CHECK(small.change == Change::Same);
    CHECK(numberOf(compared(usualRun(5), slower(1.011)), "mean").change == Change::Worse);
    Noticeable const more{0.05, 0.001};
    CHECK(numberOf(compared(usualRun(5), slower(1.011), more), "mean").change == Change::Same);
    Noticeable const any{0, 0};
    CHECK(numberOf(compared(usualRun(5), slower(1.009), any), "mean").change == Change::Worse);
}

TEST_CASE("shares are held against points, not against each other", "[summary][comparison]") {
    auto const c = compared(withShares(0.0001, 0), withShares(0.0009, 0));
    CHECK(numberOf(c, "errors").isSignificant());
    CHECK(numberOf(c, "errors").change == Change::Same);
    CHECK(numberOf(compared(withShares(0.0001, 0), withShares(0.002, 0)), "errors").change
          == Change::Worse);
}

TEST_CASE("a change that one test would find may be chance among many", "[summary][comparison]") {
    auto const before =
        runOf({replication(100, 0, 20_ms), replication(101, 0, 20_ms), replication(102, 0, 20_ms)});
    auto now = before;
    double const more[] = {2, 3, 4};
    for (std::size_t r = 0; r < 3; ++r) {
        now.loads[0].replications[r].goodput += more[r];
    }
    auto const d = numberOf(compared(before, now), "goodput");
    CHECK(d.p.value() == Approx(0.03511).epsilon(1e-3)); // t = 3 sqrt(3), two degrees of freedom
    CHECK(d.isNoticeable());
    CHECK(d.adjusted.value() == Approx(7 * d.p.value()));
    CHECK(d.change == Change::Same);
}

TEST_CASE("degraded answers in place of errors are neither better nor worse",
          "[summary][comparison]") {
    CHECK(degradedChange(withShares(0.3, 0), withShares(0, 0.4)) == Change::More);
    CHECK(degradedChange(withShares(0, 0.4), withShares(0.3, 0)) == Change::Less);
}

TEST_CASE("degraded answers in place of full ones are worse", "[summary][comparison]") {
    CHECK(degradedChange(withShares(0, 0), withShares(0, 0.1)) == Change::Worse);
    CHECK(degradedChange(withShares(0.01, 0), withShares(0, 0.4)) == Change::Worse);
    CHECK(degradedChange(withShares(0, 0.1), withShares(0, 0)) == Change::Better);
}

TEST_CASE("one replication without batches leaves what differs undecided",
          "[summary][comparison]") {
    auto const c =
        compared(usualRun(1), usualRun(1, 5, [](LoadReplication& r) { r.goodput /= 2; }));
    CHECK(numberOf(c, "goodput").change == Change::Undecided);
    CHECK(numberOf(c, "goodput").value == -50);
    CHECK_FALSE(numberOf(c, "goodput").interval);
    CHECK(numberOf(c, "mean").change == Change::Same);
    CHECK(c.overall == Overall::Undecided);
    CHECK(compared(usualRun(1), usualRun(1)).isEqual());
}

TEST_CASE("one replication has the interval of its batches for the mean latency",
          "[summary][comparison]") {
    auto before = usualRun(1);
    auto now = usualRun(1, 1, [](LoadReplication& r) { r.answers->mean = 30_ms; });
    before.loads[0].batches = measure::MeanEstimate{0.02, 0.001, 39};
    now.loads[0].batches = measure::MeanEstimate{0.03, 0.001, 39};
    auto const d = numberOf(compared(before, now), "mean");
    CHECK(d.method == DifferenceMethod::Batches);
    CHECK(d.value == Approx(0.01));
    CHECK(d.interval->low == Approx(0.01 - 1.990847 * 0.001 * std::sqrt(2.0))); // 78 degrees
    CHECK(d.change == Change::Worse);
}

TEST_CASE("a side that answered nothing has no latency to compare", "[summary][comparison]") {
    auto const dead = usualRun(4, 1, [](LoadReplication& r) {
        r.goodput = 0;
        r.ends->errors = 1;
        r.answers.reset();
    });
    auto quiet = dead;
    quiet.loads[0].whole.answers.reset();
    auto const c = compared(usualRun(4), quiet);
    CHECK(numberOf(c, "mean").change == Change::OneSided);
    CHECK(numberOf(c, "errors").change == Change::Worse);
    CHECK(c.overall == Overall::Worse);
    CHECK(compared(quiet, quiet).loads.at(0).differences.size() == 3);
}

TEST_CASE("a load of only one of the runs is named", "[summary][comparison]") {
    auto const c = compared(runOf({usual(0)}, 1, "old"), runOf({usual(0)}, 1, "new"));
    CHECK(c.loads.empty());
    CHECK(c.onlyBefore == std::vector<std::string>{"old"});
    CHECK(c.onlyNow == std::vector<std::string>{"new"});
    CHECK(c.overall == Overall::Nothing);
}
