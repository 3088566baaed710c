#include <catch2/catch.hpp>

#include <string>

#include "scenarios/reading/reader.hpp"
#include "tests/scenarios/reading/read_result.hpp"

// What the document is after an operation `set`.

using namespace shakedown;
using namespace shakedown::tests;
using namespace shakedown::literals;

namespace {

reading::ReadResult readWith(std::string const& operations) {
    return reading::readText(
        "shakedown: 1\nrun: { for: 60s }\n"
        "services: { shop: { workers: 4, endpoints: { buy: [ work: 1ms ] } } }\n"
        "load: { visitors: { to: shop, rate: 5/s } }\noperations:\n"
            + operations,
        "revisions.yaml");
}

std::vector<int> workersOf(model::Scenario const& scenario) {
    std::vector<int> workers;
    for (auto const& revision : scenario.revisions) {
        workers.push_back(revision.document->services.front().workers);
    }
    return workers;
}

std::vector<Duration> timesOf(model::Scenario const& scenario) {
    std::vector<Duration> times;
    for (auto const& revision : scenario.revisions) {
        times.push_back(revision.at);
    }
    return times;
}

} // namespace

TEST_CASE("a document without set has no revisions", "[reading][revisions]") {
    CHECK(scenarioOf(readWith("  - { at: 5s, scale: { service: shop, to: 2 } }\n"))
              .revisions.empty());
}

TEST_CASE("a value is set from an instant to the end", "[reading][revisions]") {
    auto const scenario =
        scenarioOf(readWith("  - { at: 5s, set: { services.shop.workers: 8 } }\n"));
    CHECK(timesOf(scenario) == std::vector{5_s});
    CHECK(workersOf(scenario) == std::vector{8});
    CHECK(scenario.services.front().workers == 4);
}

TEST_CASE("a value is set for a while and then what it was", "[reading][revisions]") {
    auto const scenario =
        scenarioOf(readWith("  - { at: 5s, for: 10s, set: { services.shop.workers: 8 } }\n"));
    CHECK(timesOf(scenario) == std::vector{5_s, 15_s});
    CHECK(workersOf(scenario) == std::vector{8, 4});
}

TEST_CASE("a value is set again and again", "[reading][revisions]") {
    auto const scenario = scenarioOf(
        readWith("  - { at: 5s, for: 5s, every: 20s, set: { services.shop.workers: 8 } }\n"));
    CHECK(timesOf(scenario) == std::vector{5_s, 10_s, 25_s, 30_s, 45_s, 50_s});
    CHECK(workersOf(scenario) == std::vector{8, 4, 8, 4, 8, 4});
}

TEST_CASE("where two stretches meet the later one wins, and the earlier is not forgotten",
          "[reading][revisions]") {
    auto const scenario =
        scenarioOf(readWith("  - { at: 5s, for: 30s, set: { services.shop.workers: 8 } }\n"
                            "  - { at: 10s, for: 5s, set: { services.shop.workers: 16 } }\n"));
    CHECK(timesOf(scenario) == std::vector{5_s, 10_s, 15_s, 35_s});
    CHECK(workersOf(scenario) == std::vector{8, 16, 8, 4});
}

TEST_CASE("a set behind the end of the run changes nothing", "[reading][revisions]") {
    CHECK(scenarioOf(readWith("  - { at: 2m, set: { services.shop.workers: 8 } }\n"))
              .revisions.empty());
}

TEST_CASE("the long form of set says the same as the short one", "[reading][revisions]") {
    auto const scenario =
        scenarioOf(readWith("  - { at: 5s, set: { path: load.visitors.rate, value: 9/s } }\n"));
    auto const& load = scenario.revisions.front().document->loads.front();
    CHECK(std::get<model::ConstantRate>(*load.rate).rate.perSecond() == 9);
}

TEST_CASE("a document cannot change without end", "[reading][revisions]") {
    auto const often =
        readWith("  - { at: 1s, for: 1ms, every: 10ms, set: { services.shop.workers: 8 } }\n");
    REQUIRE(often.findings.size() == 1);
    CHECK(often.findings.front().code == "E114");
    auto const byChance = readWith("  - { mtbf: 1s, set: { services.shop.workers: 8 } }\n");
    REQUIRE(byChance.findings.size() == 1);
    CHECK(byChance.findings.front().code == "E114");
}

TEST_CASE("a set to something wrong is refused at the value", "[reading][revisions]") {
    auto const result = readWith("  - { at: 5s, set: { services.shop.workers: 0 } }\n");
    REQUIRE(result.findings.size() == 1);
    CHECK(result.findings.front().code == "E105");
    CHECK(result.findings.front().place.line == 6);
    CHECK(result.findings.front().place.column == 45);
}
