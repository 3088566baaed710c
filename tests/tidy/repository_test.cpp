#include "tests/environment.hpp"
#include "tests/tidy/rules.hpp"

#include <catch2/catch.hpp>

#include <fstream>
#include <iterator>

using namespace shakedown;
using namespace shakedown::tidy;

namespace {

Tree const& repository() {
    static Tree const tree = readTree(tests::sourceDir());
    return tree;
}

Rooms const& house() {
    static Rooms const rooms = [] {
        std::ifstream in(tests::rooms());
        return Rooms(std::string(std::istreambuf_iterator<char>(in), {}));
    }();
    return rooms;
}

void requireNone(Findings const& findings) {
    for (Finding const& finding : findings) {
        UNSCOPED_INFO(finding.path << ':' << finding.line << ": " << finding.message);
    }
    REQUIRE(findings.empty());
}

} // namespace

TEST_CASE("the repository and its table of rooms are found", "[tidy][repository]") {
    REQUIRE(house().has("sim/world"));
    REQUIRE(std::any_of(repository().begin(), repository().end(),
                        [](File const& file) { return file.path == "tests/tidy/rules.cpp"; }));
}

TEST_CASE("every include follows an arrow of the table", "[tidy][repository]") {
    requireNone(arrowsFollowTheTable(repository(), house()));
}

TEST_CASE("every source includes its own header first", "[tidy][repository]") {
    requireNone(ownHeaderComesFirst(repository()));
}

TEST_CASE("libraries, clocks and entropy stay where they are confined", "[tidy][repository]") {
    requireNone(confinedThingsStayInside(repository(), house()));
}

TEST_CASE("every room with sources has a README", "[tidy][repository]") {
    requireNone(roomsHaveReadmes(repository(), house()));
}

TEST_CASE("every source belongs to a room or a suite", "[tidy][repository]") {
    requireNone(noOrphans(repository(), house()));
}

TEST_CASE("there are no drawers", "[tidy][repository]") {
    requireNone(noDrawers(repository()));
}

TEST_CASE("unfinished work has a note in docs/decisions", "[tidy][repository]") {
    requireNone(unfinishedWorkHasNotes(repository()));
}

TEST_CASE("no file names a path of one machine", "[tidy][repository]") {
    requireNone(noMachinePaths(repository()));
}

TEST_CASE("there is no shell in the code", "[tidy][repository]") {
    requireNone(noShell(repository()));
}

TEST_CASE("every script can be executed", "[tidy][repository]") {
    requireNone(scriptsAreExecutable(repository()));
}
