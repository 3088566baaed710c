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

bool isSo(Storm const& storm, int seed, std::string& told) {
    reading::ReadOptions options;
    options.assignments = storm.changes;
    options.assignments.emplace_back("run.seed", std::to_string(seed));
    options.extraExpectations = storm.outcome;
    auto const file = tests::sourceDir() / "tests" / "data" / "storms" / storm.file;
    auto const read = reading::readFile(file.string(), options);
    for (auto const& finding : read.findings)
        UNSCOPED_INFO(finding.message);
    REQUIRE(read.scenario.has_value());
    auto const run = tests::simulate(*read.scenario);
    bool all = true;
    for (auto const& one : run.summary.expectations) {
        told += fmt::format("  seed {}: {}: {}\n", seed, one.text, one.value.value_or(-1));
        all = all && one.held == verdict::Held::Yes;
    }
    return all;
}

void check(std::vector<Storm> const& table) {
    for (auto const& storm : table) {
        std::string told;
        int so = 0;
        for (int seed = 1; seed <= storm.seeds; ++seed)
            so += isSo(storm, seed, told) ? 1 : 0;
        INFO(storm.name << "\n" << told);
        CHECK(so >= storm.atLeast);
        CHECK(so <= storm.atMost);
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
