// Every policy vector passes: our own, and those of the shared folder where there is one.
#include <catch2/catch.hpp>

#include "sim/replay/replay.hpp"
#include "tests/environment.hpp"
#include "tests/sim/replay/vector_files.hpp"

using namespace shakedown;
using replay::Verdict;

namespace {

// The number of vectors played; each that does not pass fails the test with its steps.
int playAll(std::filesystem::path const& folder) {
    int played = 0;
    for (auto const& entry : std::filesystem::directory_iterator(folder)) {
        if (entry.path().extension() != ".yaml")
            continue;
        auto const suite = tests::readVectorFile(entry.path());
        INFO(entry.path().filename());
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
    CHECK(playAll(folder) >= 140);
}

TEST_CASE("every vector taken from the libraries' own tests passes", "[replay][vectors]") {
    auto const folder = tests::vectors();
    if (!std::filesystem::is_directory(folder)) {
        WARN("skipped: the shared policy vectors are not at " << folder);
        return;
    }
    CHECK(playAll(folder) > 100);
}
