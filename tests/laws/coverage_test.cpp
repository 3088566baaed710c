// The intervals that a summary states hold the truth as often as they say.
#include <fmt/format.h>

#include "sim/run/replicate.hpp"
#include "tests/sim/run/simulation.hpp"

using namespace shakedown;

namespace {

// The share of 95 % intervals of the mean latency of M/M/1 at .5 (2 s) that hold it.
double coverage(int replications, double seconds, double warmup, int seeds) {
    auto const read = reading::readText(
        fmt::format("shakedown: 1\nrun: {{ for: {}s, warmup: {}s }}\nservices:\n"
                    "  q: {{ workers: 1, endpoints: {{ a: [ work: exponential(1s) ] }} }}\n"
                    "load:\n  l: {{ to: q/a, rate: 0.5/s }}\n",
                    seconds, warmup),
        "coverage.yaml");
    REQUIRE(read.scenario);
    auto const compiled = run::compileScenario(*read.scenario);
    REQUIRE(compiled.ok());
    int held = 0;
    for (int seed = 1; seed <= seeds; ++seed) {
        std::vector<verdict::Evidence> evidence;
        for (int r = 0; r < replications; ++r) {
            run::Settings settings;
            settings.seed = static_cast<std::uint64_t>(seed);
            settings.replication = static_cast<std::uint32_t>(r);
            evidence.push_back(run::simulate(*read.scenario, compiled.value(), settings));
        }
        auto const summary = summary::summarise(*read.scenario, compiled.value().plan.names,
                                                compiled.value().demand, evidence, "ideal");
        for (auto const& named : summary.loads.front().intervals) {
            if (named.of == "latency_ms.mean") {
                held += named.interval.low <= 2000 && 2000 <= named.interval.high ? 1 : 0;
            }
        }
    }
    return static_cast<double>(held) / seeds;
}

} // namespace

TEST_CASE("95 % intervals of replications hold the truth in 95 of 100 cases",
          "[.][long][laws][coverage]") {
    double const share = coverage(10, 8000, 400, 1000);
    INFO(share);
    CHECK(share >= 0.935);
    CHECK(share <= 0.965);
}

TEST_CASE("95 % intervals of batch means hold the truth in 95 of 100 cases",
          "[.][long][laws][coverage]") {
    double const share = coverage(1, 80000, 400, 1000);
    INFO(share);
    CHECK(share >= 0.935);
    CHECK(share <= 0.965);
}

TEST_CASE("intervals of few runs hold the truth about as often as they say", "[laws][coverage]") {
    double const share = coverage(5, 4000, 200, 200);
    INFO(share);
    CHECK(share >= 0.90);
    CHECK(share <= 0.99);
}
