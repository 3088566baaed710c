#include <catch2/catch.hpp>

#include <filesystem>
#include <string>

#include "scenarios/reading/reader.hpp"
#include "tests/scenarios/reading/read_result.hpp"
#include "tests/scenarios/reading/temporary_folder.hpp"

using namespace shakedown;
using namespace shakedown::tests;

namespace {

constexpr auto base = "services:\n"
                      "  shop: { workers: 4, replicas: 2, endpoints: { buy: [ work: 1ms ] } }\n"
                      "load: { visitors: { to: shop, rate: 5/s } }\n"
                      "expect: [ p99(visitors) < 1s ]\n";

} // namespace

TEST_CASE("an included file lies under the one that includes it", "[reading][include]") {
    TemporaryFolder const folder;
    folder.write("base.yaml", base);
    auto const scenario = scenarioOf(
        reading::readFile(folder.write("top.yaml", "shakedown: 1\ninclude: base.yaml\n"
                                                   "services: { shop: { workers: 8 } }\n"
                                                   "expect: [ errors(visitors) < 1% ]\n")));
    auto const* shop = model::findService(scenario, "shop");
    REQUIRE(shop != nullptr);
    CHECK(shop->workers == 8);
    CHECK(shop->replicas == 2);
    REQUIRE(scenario.expect.size() == 2);
    CHECK(scenario.expect.front().text == "p99(visitors) < 1s");
}

TEST_CASE("of several included files the later lies over the earlier", "[reading][include]") {
    TemporaryFolder const folder;
    folder.write("base.yaml", base);
    folder.write("more.yaml", "services: { shop: { workers: 6 } }\nrun: { seed: 3 }\n");
    auto const scenario = scenarioOf(reading::readFile(
        folder.write("top.yaml", "shakedown: 1\ninclude: [base.yaml, more.yaml]\n")));
    CHECK(scenario.services.front().workers == 6);
    CHECK(scenario.run.seed == 3);
}

TEST_CASE("files in a folder include their neighbours", "[reading][include]") {
    TemporaryFolder const folder;
    folder.write("parts/base.yaml", std::string("include: deeper/run.yaml\n") + base);
    folder.write("parts/deeper/run.yaml", "run: { for: 7s }\n");
    auto const scenario = scenarioOf(
        reading::readFile(folder.write("top.yaml", "shakedown: 1\ninclude: parts/base.yaml\n")));
    CHECK(scenario.run.lasts == Duration::seconds(7));
}

TEST_CASE("a finding in an included file has its place there", "[reading][include]") {
    TemporaryFolder const folder;
    folder.write("parts/base.yaml", "services:\n  shop: { wokers: 4 }\n");
    auto const result =
        reading::readFile(folder.write("top.yaml", "shakedown: 1\ninclude: parts/base.yaml\n"));
    REQUIRE(result.findings.size() == 1);
    auto const& place = result.findings.front().place;
    CHECK(std::filesystem::path(place.file) == folder.path() / "parts/base.yaml");
    CHECK(place.line == 2);
    CHECK(place.column == 11);
}

TEST_CASE("an included file cannot be of another version", "[reading][include]") {
    TemporaryFolder const folder;
    folder.write("base.yaml", std::string("shakedown: 2\n") + base);
    auto const result =
        reading::readFile(folder.write("top.yaml", "shakedown: 1\ninclude: base.yaml\n"));
    REQUIRE(result.findings.size() == 1);
    CHECK(result.findings.front().code == "E010");
}

TEST_CASE("a link that leads out of the folder is not followed", "[reading][include]") {
    TemporaryFolder const outside;
    TemporaryFolder const folder;
    std::string const secret = outside.write("secret.yaml", base);
    std::filesystem::create_symlink(secret, folder.path() / "inside.yaml");
    auto const result =
        reading::readFile(folder.write("top.yaml", "shakedown: 1\ninclude: inside.yaml\n"));
    REQUIRE(result.findings.size() == 1);
    CHECK(result.findings.front().code == "E011");
    CHECK(result.findings.front().message == "'inside.yaml' leads out of the scenario's folder");
}

TEST_CASE("what is no regular file is not read", "[reading][include]") {
    TemporaryFolder const folder;
    std::filesystem::create_directories(folder.path() / "parts.yaml");
    auto const result =
        reading::readFile(folder.write("top.yaml", "shakedown: 1\ninclude: parts.yaml\n"));
    REQUIRE(result.findings.size() == 1);
    CHECK(result.findings.front().code == "E011");
    CHECK(reading::readFile(folder.path().string()).findings.size() == 1);
    CHECK(reading::readFile((folder.path() / "nowhere.yaml").string()).findings.front().code
          == "E001");
}

TEST_CASE("files within each other end at a depth", "[reading][include]") {
    TemporaryFolder const folder;
    for (int i = 0; i < 20; ++i) {
        folder.write("f" + std::to_string(i) + ".yaml",
                     "include: f" + std::to_string(i + 1) + ".yaml\n");
    }
    auto const result =
        reading::readFile(folder.write("top.yaml", "shakedown: 1\ninclude: f0.yaml\n"));
    REQUIRE(result.findings.size() == 1);
    CHECK(result.findings.front().code == "E011");
}

TEST_CASE("files that each include two end at a number", "[reading][include]") {
    TemporaryFolder const folder;
    for (int i = 0; i < 7; ++i) {
        std::string const next = "f" + std::to_string(i + 1) + ".yaml";
        folder.write("f" + std::to_string(i) + ".yaml", "include: [" + next + ", " + next + "]\n");
    }
    folder.write("f7.yaml", base);
    auto const result =
        reading::readFile(folder.write("top.yaml", "shakedown: 1\ninclude: f0.yaml\n"));
    REQUIRE_FALSE(result.findings.empty());
    CHECK(result.findings.front().code == "E011");
}

TEST_CASE("measured durations are read from below the scenario", "[reading][include]") {
    TemporaryFolder const folder;
    folder.write("data/m.csv", "# measured\n1ms\n\n2.5ms # slow\n");
    auto const scenario = scenarioOf(reading::readFile(folder.write(
        "top.yaml",
        "shakedown: 1\nservices: { s: { endpoints: { e: [ work: empirical(data/m.csv) ] } } }\n")));
    auto const& work =
        std::get<model::Work>(scenario.services.front().endpoints.front().steps.front().what);
    auto const& law = std::get<chance::Empirical>(work.amount.law());
    CHECK(law.file == "data/m.csv");
    REQUIRE(law.values);
    CHECK(*law.values == std::vector<double>{0.001, 0.0025});
}
