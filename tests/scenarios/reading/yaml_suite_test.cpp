#include <catch2/catch.hpp>

#include <cstdint>
#include <fstream>
#include <nlohmann/json.hpp>
#include <string>

#include "scenarios/reading/limits.hpp"
#include "scenarios/reading/reader.hpp"
#include "scenarios/reading/yaml_front.hpp"
#include "tests/environment.hpp"

// The inputs of https://github.com/yaml/yaml-test-suite, one JSON object a line.

using namespace shakedown;

namespace {

std::string decodeBase64(std::string const& text) {
    std::string const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    std::string bytes;
    std::uint32_t bits = 0;
    int count = 0;
    for (char const c : text) {
        auto const value = alphabet.find(c);
        if (value == std::string::npos) {
            break; // the padding
        }
        bits = bits << 6U | static_cast<std::uint32_t>(value);
        count += 6;
        if (count >= 8) {
            count -= 8;
            bytes += static_cast<char>(bits >> static_cast<unsigned>(count) & 0xFFU);
        }
    }
    return bytes;
}

} // namespace

TEST_CASE("every input of the YAML test suite ends in findings or a tree", "[reading][suite]") {
    std::ifstream file(tests::samples() / "corpora/yaml-test-suite.jsonl");
    if (!file) {
        WARN("skipped: the sample corpora/yaml-test-suite.jsonl is not here");
        return;
    }
    int inputs = 0;
    int understood = 0;
    int valid = 0;
    for (std::string line; std::getline(file, line);) {
        auto const one = nlohmann::json::parse(line);
        std::string const yaml = decodeBase64(one["yaml_b64"]);
        CAPTURE(one["id"].get<std::string>(), yaml);
        ++inputs;
        auto const result = reading::readText(yaml, "suite.yaml");
        // No input of the suite is a scenario, so there is something to say about each of them.
        CHECK_FALSE(result.scenario);
        REQUIRE_FALSE(result.findings.empty());
        CHECK(result.findings.size() <= reading::limits::findings + 1);
        for (auto const& finding : result.findings) {
            CHECK(finding.place.line >= 1);
            CHECK(finding.place.column >= 1);
            CHECK_FALSE(finding.message.empty());
        }
        bool const isValid = !one["error"].get<bool>();
        valid += isValid ? 1 : 0;
        understood += isValid && reading::parseYaml(yaml, "suite.yaml").root ? 1 : 0;
    }
    CHECK(inputs == 402);
    // What is not understood holds tags, several documents, keys that are lists and the like, which
    // a scenario refuses on purpose.
    CHECK(understood * 2 > valid);
}
