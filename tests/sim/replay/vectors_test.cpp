// Every policy vector passes: our own, and those of the shared folder where there is one.
#include <array>
#include <string_view>

#include <catch2/catch.hpp>

#include "sim/replay/replay.hpp"
#include "tests/environment.hpp"
#include "tests/sim/replay/vector_files.hpp"

using namespace shakedown;
using replay::Verdict;

namespace {

constexpr std::array<std::string_view, 11> suites = {
    "adaptive_limit",    "bulkhead", "circuit_breaker", "hedging", "hpa",    "load_balancing",
    "outlier_detection", "probes",   "rate_limiter",    "retry",   "rollout"};

// The number of vectors played; each that does not pass fails the test with its steps.
int playAll(std::filesystem::path const& folder) {
    int played = 0;
    for (auto const name : suites) {
        auto const suite = tests::readVectorFile(folder / (std::string(name) + ".yaml"));
        INFO(name);
        REQUIRE(suite.ok());
        auto const results = replay::replay(suite.value());
        for (std::size_t i = 0; i < results.size(); ++i) {
            std::string told = suite.value().vectors[i].id + " " + results[i].reason;
            for (std::size_t s = 0; s < results[i].steps.size(); ++s)
                for (auto const& wrong : results[i].steps[s].mismatches)
                    told += "\n  step " + std::to_string(s + 1) + ": " + wrong;
            INFO(told);
            CHECK(results[i].verdict == Verdict::Passed);
            ++played;
        }
    }
    return played;
}

} // namespace

TEST_CASE("every vector of ours is what the library does", "[replay][vectors]") {
    auto const folder = tests::sourceDir() / "tests" / "data" / "vectors";
    CHECK(playAll(folder) >= 313);
}

TEST_CASE("every vector taken from the libraries' own tests passes", "[replay][vectors]") {
    auto const folder = tests::vectors();
    if (!std::filesystem::is_directory(folder)) {
        WARN("skipped: the shared policy vectors are not at " << folder);
        return;
    }
    CHECK(playAll(folder) == 140);
}

TEST_CASE("every suite of the libraries' vectors has as many of ours", "[replay][vectors]") {
    auto const ours = tests::sourceDir() / "tests" / "data" / "vectors";
    if (!std::filesystem::is_directory(tests::vectors())) {
        WARN("skipped: the shared policy vectors are not at " << tests::vectors());
        return;
    }
    auto const countOf = [](std::filesystem::path const& file) {
        auto const suite = tests::readVectorFile(file);
        INFO(file);
        REQUIRE(suite.ok());
        return suite.value().vectors.size();
    };
    for (auto const name : suites) {
        INFO(name);
        std::string const file = std::string(name) + ".yaml";
        CHECK(countOf(ours / file) >= countOf(tests::vectors() / file));
    }
}
