// Two runs of equal systems are called the same, and a slower one is called worse, as often as a
// comparison at 5 % must. Nothing is paired here: the sides never share a seed.
#include <catch2/catch.hpp>

#include "reports/summary/comparison.hpp"
#include "scenarios/reading/reader.hpp"
#include "sim/run/simulate.hpp"
#include "tests/environment.hpp"

using namespace shakedown;
using summary::Change;
using summary::Overall;

namespace {

constexpr int trials = 100;
constexpr std::uint64_t blockSize = 100;     // replications of a side
constexpr std::uint64_t sideOffset = 1000;   // seeds 1 to 100 against 1001 to 1100
constexpr std::uint64_t trialOffset = 10000; // the next trial has 10001 to 10100 ...

class Station {
public:
    explicit Station(std::string const& work) {
        reading::ReadOptions options;
        options.assignments = {{"services.shop.endpoints.buy", "[ work: " + work + " ]"}};
        auto read = reading::readFile(
            (tests::sourceDir() / "tests/data/compare/station.yaml").string(), options);
        REQUIRE(read.scenario);
        scenario_ = std::move(*read.scenario);
        auto compiled = run::compileScenario(scenario_);
        REQUIRE(compiled.ok());
        compiled_ = std::move(compiled).value();
    }

    // What a run with the seeds from `first` on leaves for a comparison.
    summary::PastRun block(std::uint64_t first) const {
        std::vector<verdict::Evidence> evidence;
        for (std::uint64_t seed = first; seed < first + blockSize; ++seed) {
            run::Settings settings;
            settings.seed = seed;
            evidence.push_back(run::simulate(scenario_, compiled_, settings));
        }
        return summary::asPastRun(summary::summarise(scenario_, compiled_.plan.names,
                                                     compiled_.demand, evidence, "ideal"));
    }

private:
    model::Scenario scenario_;
    run::Compiled compiled_;
};

bool isAllSame(summary::Comparison const& comparison) {
    for (auto const& d : comparison.loads.at(0).differences) {
        if (d.change != Change::Same) {
            UNSCOPED_INFO(d.metric << " " << *d.before << " " << *d.now << " p " << *d.p);
            return false;
        }
    }
    return comparison.overall == Overall::Same;
}

} // namespace

TEST_CASE("equal systems are the same in 95 of 100 trials, slower ones worse in 90",
          "[laws][comparison]") {
    Station const station("exponential(20ms)");
    Station const slower("exponential(22ms)");
    int same = 0;
    int worse = 0;
    for (std::uint64_t trial = 0; trial < trials; ++trial) {
        std::uint64_t const first = 1 + trial * trialOffset;
        auto const a = station.block(first);
        auto const equal = summary::compared(a, station.block(first + sideOffset));
        auto const slow = summary::compared(a, slower.block(first + sideOffset));
        REQUIRE_FALSE(equal.isPaired);
        REQUIRE(equal.loads.at(0).differences.size() == summary::figuresOfReplication);
        same += isAllSame(equal) ? 1 : 0;
        worse += slow.overall == Overall::Worse ? 1 : 0;
    }
    CHECK(same >= 95);
    CHECK(worse >= 90);
}
