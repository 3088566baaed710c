#include <catch2/catch.hpp>

#include <filesystem>
#include <set>
#include <string>
#include <vector>

#include "scenarios/model/verbs.hpp"
#include "scenarios/reading/reader.hpp"
#include "scenarios/reading/writer.hpp"
#include "tests/environment.hpp"
#include "tests/scenarios/reading/read_result.hpp"

using namespace shakedown;
using namespace shakedown::tests;
namespace fs = std::filesystem;

namespace {

fs::path everythingFile() {
    return sourceDir() / "tests/data/good/everything.yaml";
}

std::vector<fs::path> goodFiles() {
    std::set<fs::path> files;
    for (char const* folder : {"tests/data/good", "scenarios/library"}) {
        for (auto const& entry : fs::directory_iterator(sourceDir() / folder)) {
            bool const isPart = entry.path().filename().string().starts_with("base-");
            if (entry.path().extension() == ".yaml" && !isPart) {
                files.insert(entry.path());
            }
        }
    }
    return {files.begin(), files.end()};
}

} // namespace

TEST_CASE("what is written is read as the same document", "[reading][writer]") {
    auto const files = goodFiles();
    REQUIRE(files.size() >= 9);
    for (auto const& file : files) {
        CAPTURE(file.filename().string());
        auto const first = scenarioOf(reading::readFile(file.string()));
        std::string const written = reading::write(first);
        CAPTURE(written);
        auto const again = scenarioOf(reading::readText(written, file.string()));
        CHECK(again.digest == first.digest);
        CHECK(again.revisions.size() == first.revisions.size());
        CHECK(reading::write(again) == written);
    }
}

TEST_CASE("every key of the format stands in everything.yaml", "[reading][writer]") {
    auto const scenario = scenarioOf(reading::readFile(everythingFile().string()));
    std::set<std::string_view> verbs;
    for (auto const& fault : scenario.faults) {
        verbs.insert(model::verbOf(fault.what));
    }
    CHECK(verbs.size() == model::faultVerbs.size());
    verbs.clear();
    for (auto const& operation : scenario.operations) {
        verbs.insert(model::verbOf(operation.what));
    }
    CHECK(verbs.size() == model::operationVerbs.size());
    // Each row of the field table is a line "| key |" of the reference page.
    std::string const text = textOf(everythingFile());
    for (auto const& key : keysOfReference()) {
        CAPTURE(key);
        bool const stands = text.find(key + ":") != std::string::npos || key == "reply";
        CHECK(stands);
    }
}

// A key that the writer forgot would be missing in both texts of the round trip.
TEST_CASE("every key of the format is written", "[reading][writer]") {
    auto const scenario = scenarioOf(reading::readFile(everythingFile().string()));
    std::string const written = reading::write(scenario);
    std::set<std::string> const doneBefore{"include", "vars", "zone", "reply"};
    for (auto const& key : keysOfReference()) {
        CAPTURE(key);
        bool const stands = written.find(key + ":") != std::string::npos;
        CHECK((stands || doneBefore.contains(key)));
    }
}

TEST_CASE("everything.yaml is read without a finding", "[reading][writer]") {
    auto const result = reading::readFile(everythingFile().string());
    CHECK(textOf(result.findings) == "");
    REQUIRE(result.scenario);
    auto const& scenario = *result.scenario;
    CHECK(scenario.expect.size() == 24);
    CHECK(scenario.loads.size() == 7);
    CHECK(scenario.services.size() == 8);
    CHECK(scenario.about == "Two lines of text,\nthe second with \"quotes\", a # and a 'tick'.\n");
    CHECK(scenario.lesson->title == "No");
}

TEST_CASE("equal documents have equal digests, however they are written", "[reading][digest]") {
    auto const a = scenarioOf(reading::readText(
        "shakedown: 1\nname: x\nservices: { s: { workers: 4, endpoints: { e: [ work: 1ms ] } } }\n"
        "load: { l: { to: s/e, rate: 60/min } }\n",
        "a.yaml"));
    auto const b = scenarioOf(reading::readText(
        "# another\nload:\n  l: { rate: 1/s, to: s/e }\nservices:\n  s:\n    endpoints:\n"
        "      e:\n        steps:\n          - work: constant(1000us)\n    workers: 4\n"
        "    replicas: 1\nname: \"x\"\nshakedown: 1\n",
        "b.yaml"));
    CHECK(a.digest == b.digest);
    auto const c = scenarioOf(reading::readText(
        "shakedown: 1\nname: x\nservices: { s: { workers: 5, endpoints: { e: [ work: 1ms ] } } }\n"
        "load: { l: { to: s/e, rate: 60/min } }\n",
        "c.yaml"));
    CHECK(a.digest != c.digest);
}
