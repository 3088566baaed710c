// Every law by 20 seeds: 99 % intervals as narrow as the law asks for, of which hardly any miss.
#include <cmath>
#include <cstdlib>
#include <iostream>

#include <fmt/format.h>

#include "reports/measure/intervals.hpp"
#include "sim/run/replicate.hpp"
#include "tests/laws/law.hpp"
#include "tests/sim/run/simulation.hpp"

using namespace shakedown;

namespace {

constexpr std::uint64_t seeds = 20;
constexpr double t99 = 2.8609; // Student, 19 degrees of freedom, 99 %

std::vector<summary::Summary> runAll(laws::Law const& law) {
    auto const read = reading::readText(laws::scenarioOf(law, law.longRun, 1), "law.yaml");
    REQUIRE(read.scenario);
    auto const compiled = run::compileScenario(*read.scenario);
    REQUIRE(compiled.ok());
    std::vector<run::Job> jobs;
    for (std::uint64_t seed = 1; seed <= seeds; ++seed) {
        jobs.push_back({seed, 0});
    }
    auto const evidence = run::replicate(*read.scenario, compiled.value(), {}, jobs, 2);
    REQUIRE(evidence.ok());
    std::vector<summary::Summary> all;
    for (auto const& one : evidence.value()) {
        all.push_back(summary::summarise(*read.scenario, compiled.value().plan.names,
                                         compiled.value().demand, {one}, "ideal"));
        CHECK(all.back().contradictions.empty());
    }
    return all;
}

struct Estimate {
    double mean;
    double halfWidth;
};

Estimate estimate(std::vector<summary::Summary> const& runs, laws::Value const& value) {
    double sum = 0;
    double squares = 0;
    for (auto const& run : runs) {
        double const x = value.of(run);
        sum += x;
        squares += x * x;
    }
    auto const n = static_cast<double>(runs.size());
    double const mean = sum / n;
    double const variance = std::max(0.0, (squares - n * mean * mean) / (n - 1));
    return {mean, t99 * std::sqrt(variance / n)};
}

} // namespace

TEST_CASE("over 20 seeds every model gives its known answer", "[.][long][laws]") {
    int intervals = 0;
    int misses = 0;
    char const* const only = std::getenv("SHAKEDOWN_LAW");
    for (auto const& law : laws::everyLaw()) {
        if (only != nullptr && law.name.find(only) == std::string::npos) {
            continue;
        }
        auto const runs = runAll(law);
        for (auto const& value : law.values) {
            auto const [mean, halfWidth] = estimate(runs, value);
            double const width = halfWidth / std::max(value.expected, 1e-9);
            double const slack = value.approximation * value.expected + 1e-4 * value.expected;
            double const off = std::max(0.0, std::fabs(mean - value.expected) - slack);
            ++intervals;
            misses += off > halfWidth + 1e-9 ? 1 : 0;
            std::cout << fmt::format("{:<32} {:<20} {:>10.5g} expected {:>10.5g} +- {:>5.2f} %{}\n",
                                     law.name, value.name, mean, value.expected, width * 100,
                                     off > halfWidth + 1e-9 ? "  MISS" : "")
                      << std::flush;
            INFO(law.name << ": " << value.name << " " << mean << " +- " << halfWidth);
            CHECK(width <= value.precision);
            CHECK(off <= 3 * halfWidth + 1e-9);
        }
    }
    INFO(misses << " of " << intervals << " intervals miss");
    CHECK(misses <= 0.03 * intervals);
}
