#include "reports/summary/samples.hpp"

#include <catch2/catch.hpp>

#include "tests/reports/summary/two_runs.hpp"

using namespace shakedown;
using namespace shakedown::summary;
using namespace shakedown::tests;

namespace {

std::optional<double> goodputOf(LoadReplication const& r) {
    return r.goodput;
}
std::optional<double> meanOf(LoadReplication const& r) {
    return r.answers ? std::optional(r.answers->mean.inSeconds()) : std::nullopt;
}

} // namespace

TEST_CASE("runs that kept the same replications are paired, others are not", "[summary][samples]") {
    CHECK(aligned(usualRun(5), usualRun(5)).isPaired);
    CHECK_FALSE(aligned(usualRun(5), usualRun(6)).isPaired);
    CHECK_FALSE(aligned(usualRun(5), usualRun(5, 2)).isPaired);
    CHECK_FALSE(aligned(PastRun(), PastRun()).isPaired);
    auto sameSeed = usualRun(2);
    sameSeed.kept = {{1, 0}, {1, 1}};
    CHECK_FALSE(aligned(usualRun(2), sameSeed).isPaired);
    CHECK(aligned(sameSeed, sameSeed).isPaired);
}

TEST_CASE("a replication that stands twice counts once", "[summary][samples]") {
    auto twice = usualRun(4);
    twice.kept = {{1, 0}, {1, 0}, {2, 0}, {1, 0}};
    auto const alignment = aligned(twice, usualRun(2));
    CHECK(alignment.isPaired);
    CHECK(alignment.before == std::vector<std::size_t>{0, 2});
}

TEST_CASE("of pairs both must have the number, of others each for itself", "[summary][samples]") {
    auto before = usualRun(3);
    auto now = usualRun(3);
    before.loads[0].replications[0].answers.reset();
    now.loads[0].replications[2].answers.reset();
    auto const paired = samplesOf(before.loads[0], now.loads[0], aligned(before, now), meanOf);
    CHECK(paired.before.size() == 1);
    CHECK(paired.now.size() == 1);
    for (auto& id : now.kept) {
        id.seed += 10;
    }
    auto const apart = samplesOf(before.loads[0], now.loads[0], aligned(before, now), meanOf);
    CHECK(apart.before.size() == 2);
    CHECK(apart.now.size() == 2);
    CHECK(samplesOf(before.loads[0], now.loads[0], aligned(before, now), goodputOf).now.size()
          == 3);
}
