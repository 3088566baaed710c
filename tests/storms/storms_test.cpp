// Every storm as published or measured: file, changes, seeds and window stand in the tables.
#include <catch2/catch.hpp>

#include <fmt/format.h>

#include "scenarios/reading/reader.hpp"
#include "tests/environment.hpp"
#include "tests/sim/run/simulation.hpp"
#include "tests/storms/storm.hpp"

using namespace shakedown;
using storms::Storm;

namespace {

// What came of one seed: whether the outcome is the storm's, and the values of its means.
struct Outcome {
    bool isSo = true;
    std::vector<double> values;
};

Outcome play(Storm const& storm, int seed, std::string& told) {
    reading::ReadOptions options;
    options.assignments = storm.changes;
    options.assignments.emplace_back("run.seed", std::to_string(seed));
    options.extraExpectations = storm.outcome;
    for (auto const& mean : storm.means)
        options.extraExpectations.push_back(mean.condition);
    auto const file = tests::sourceDir() / "tests" / "data" / "storms" / storm.file;
    auto const read = reading::readFile(file.string(), options);
    for (auto const& finding : read.findings)
        UNSCOPED_INFO(finding.message);
    REQUIRE(read.scenario.has_value());
    auto const run = tests::simulate(*read.scenario);
    Outcome outcome;
    auto const& judged = run.summary.expectations;
    std::size_t const firstMean = judged.size() - storm.means.size();
    for (std::size_t i = 0; i < judged.size(); ++i) {
        double const value = judged[i].value.value_or(-1);
        told += fmt::format("  seed {}: {}: {}\n", seed, judged[i].text, value);
        if (i >= firstMean)
            outcome.values.push_back(value);
        else
            outcome.isSo = outcome.isSo && judged[i].held == verdict::Held::Yes;
    }
    return outcome;
}

void check(std::vector<Storm> const& table) {
    for (auto const& storm : table) {
        std::string told;
        int so = 0;
        std::vector<double> sums(storm.means.size());
        for (int seed = 1; seed <= storm.seeds; ++seed) {
            auto const outcome = play(storm, seed, told);
            so += outcome.isSo ? 1 : 0;
            for (std::size_t i = 0; i < sums.size(); ++i)
                sums[i] += outcome.values[i];
        }
        INFO(storm.name << "\n" << told);
        CHECK(so >= storm.atLeast);
        CHECK(so <= storm.atMost);
        for (std::size_t i = 0; i < sums.size(); ++i) {
            INFO(storm.means[i].condition);
            CHECK(sums[i] / storm.seeds >= storm.means[i].least);
            CHECK(sums[i] / storm.seeds <= storm.means[i].most);
        }
    }
}

} // namespace

TEST_CASE("metastable failures outlive their cause, or do not, as published", "[storms]") {
    check(storms::metastable());
}

TEST_CASE("retries multiply the load of a service that fails, as published", "[storms]") {
    check(storms::retrying());
}

TEST_CASE("breakers and hedges help or harm as stated", "[storms]") {
    check(storms::guarded());
}

TEST_CASE("pools, stalls and overload end as the lessons say", "[storms]") {
    check(storms::lessons());
}
