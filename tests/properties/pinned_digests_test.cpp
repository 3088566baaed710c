// Digests of scenarios of the library and of random ones, pinned in tests/data/digests.tsv. Every
// build must give them: debug, release, with sanitizers, with and without AVX2 and FMA.
//
// A change of the model's behaviour changes digests. When that is meant, pin them again and say why
// in the commit:
//
//     SHAKEDOWN_PIN=1 build/release/tests/test-properties "the digests of runs are those pinned"
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <map>
#include <sstream>

#include <catch2/catch.hpp>

#include "reports/record/digest.hpp"
#include "scenarios/reading/reader.hpp"
#include "sim/run/replicate.hpp"
#include "sim/run/simulate.hpp"
#include "tests/environment.hpp"
#include "tests/properties/random_scenario.hpp"

using namespace shakedown;
using namespace shakedown::tests;

namespace {

namespace fs = std::filesystem;

constexpr auto repin = "the digests moved; if that is meant, pin them again: SHAKEDOWN_PIN=1 "
                       "build/release/tests/test-properties \"the digests of runs are those "
                       "pinned\", and say in the commit why they moved";

// Long enough for every fault of the library to begin, short enough for sanitizers.
constexpr auto libraryUntil = Duration::seconds(70);
constexpr std::uint64_t randomEvents = 30'000;

fs::path pinnedFile() {
    return sourceDir() / "tests" / "data" / "digests.tsv";
}

std::string digestOf(model::Scenario const& scenario, run::Settings settings) {
    auto const compiled = run::compileScenario(scenario);
    REQUIRE(compiled.ok());
    // With hosts a run has a process to itself.
    auto const runs = run::replicate(scenario, compiled.value(), settings, {{settings.seed, 0}}, 1);
    REQUIRE(runs.ok());
    return record::digestText(runs.value().front().digest);
}

using Digests = std::map<std::pair<std::string, std::uint64_t>, std::string>; // file, seed

void addLibrary(Digests& digests) {
    for (auto const& entry : fs::directory_iterator(sourceDir() / "scenarios" / "library")) {
        if (entry.path().extension() != ".yaml") {
            continue;
        }
        std::string const name = entry.path().filename().string();
        INFO(name);
        auto const read = reading::readFile(entry.path().string());
        REQUIRE(read.scenario.has_value());
        run::Settings settings;
        settings.seed = read.scenario->run.seed;
        settings.until = libraryUntil;
        digests[{name, settings.seed}] = digestOf(*read.scenario, settings);
    }
}

void addRandom(Digests& digests) {
    for (std::uint64_t seed = 1; seed <= 20; ++seed) {
        auto const read = reading::readText(randomScenario(seed), "random.yaml");
        REQUIRE(read.scenario.has_value());
        run::Settings settings;
        settings.seed = seed;
        settings.eventLimit = randomEvents;
        digests[{"random", seed}] = digestOf(*read.scenario, settings);
    }
}

Digests pinned() {
    Digests digests;
    std::ifstream in(pinnedFile());
    std::string line;
    while (std::getline(in, line)) {
        if (line.empty() || line.front() == '#') {
            continue;
        }
        std::istringstream fields(line);
        std::string file;
        std::uint64_t seed = 0;
        std::string digest;
        fields >> file >> seed >> digest;
        digests[{file, seed}] = digest;
    }
    return digests;
}

void pin(Digests const& digests) {
    std::ofstream out(pinnedFile());
    out << "# scenario\tseed\tdigest; how to pin again: tests/properties/pinned_digests_test.cpp\n";
    for (auto const& [run, digest] : digests) {
        out << run.first << '\t' << run.second << '\t' << digest << '\n';
    }
    out.flush();
    REQUIRE(out.good());
}

} // namespace

TEST_CASE("the digests of runs are those pinned", "[properties][digest]") {
    Digests digests;
    addLibrary(digests);
    addRandom(digests);
    if (std::getenv("SHAKEDOWN_PIN") != nullptr) {
        pin(digests);
        WARN("pinned " << digests.size() << " digests in " << pinnedFile().string());
        return;
    }
    auto const expected = pinned();
    for (auto const& [run, digest] : digests) {
        INFO(run.first << " with seed " << run.second << ": " << repin);
        auto const found = expected.find(run);
        CHECK((found == expected.end() ? std::string("not pinned") : found->second) == digest);
    }
    for (auto const& [run, digest] : expected) {
        INFO(run.first << " with seed " << run.second << " is pinned, but runs no more: " << repin);
        CHECK(digests.count(run) == 1);
    }
}
