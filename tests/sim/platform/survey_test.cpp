#include "sim/platform/survey.hpp"

#include <algorithm>
#include <fstream>

#include <catch2/catch.hpp>

#include "tests/environment.hpp"

using namespace shakedown;

namespace {

std::string dataFile(std::string const& name) {
    return (tests::sourceDir() / "tests/data/platforms" / name).string();
}

std::string refusalOf(std::string const& name) {
    auto const result = platform::survey(dataFile(name));
    REQUIRE_FALSE(result);
    return result.errors().front().message;
}

} // namespace

TEST_CASE("a survey finds the hosts and links of a SimGrid file", "[platform][survey]") {
    struct Row {
        char const* file;
        std::size_t hosts;
        std::size_t links;
        double speed;
    };
    auto const row = GENERATE(Row{"fat-tree.xml", 16, 0, 2}, Row{"two-rooms.xml", 5, 6, 1});
    auto const found = platform::survey(dataFile(row.file));
    REQUIRE(found);
    CHECK(found.value().machines.size() == row.hosts);
    CHECK(found.value().links.size() >= row.links);
    CHECK(found.value().machines.front().speed == Approx(row.speed));
}

TEST_CASE("the crossbar of a real simulator is understood", "[platform][survey]") {
    auto const file = tests::samples() / "simgrid/elastisim-crossbar.xml";
    if (!std::filesystem::exists(file)) {
        WARN("skipped: there is no " << file);
        return;
    }
    auto const found = platform::survey(file.string());
    REQUIRE(found);
    auto const& machines = found.value().machines;
    CHECK(machines.size() == 130);
    auto const node = std::find_if(machines.begin(), machines.end(),
                                   [](auto const& m) { return m.name == "DA_100"; });
    REQUIRE(node != machines.end());
    CHECK(node->speed == Approx(100));
    CHECK(node->zone == "Crossbar");
}

TEST_CASE("a SimGrid file that is no good is refused with the reason", "[platform][survey]") {
    CHECK(refusalOf("broken.xml").find("SimGrid refuses it") == 0);
    CHECK(refusalOf("no-such.xml") == "it is empty or cannot be read");
    CHECK(refusalOf("huge-radical.xml") == "its 'radical' asks for 2000000001 hosts");
    CHECK(refusalOf("with-profile.xml") == "'state_file' in it is not simulated");
    CHECK(refusalOf("no-hosts.xml") == "it has 0 hosts");
}
