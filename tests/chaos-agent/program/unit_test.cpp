#include <catch2/catch.hpp>

#include <regex>

#include <unistd.h>

#include "chaos-agent/system/program.hpp"
#include "tests/environment.hpp"

using namespace shakedown;

TEST_CASE("the systemd unit asks for little: an exposure of 2.5 or better", "[agent][unit]") {
    constexpr char const* analyze = "/usr/bin/systemd-analyze";
    if (access(analyze, X_OK) != 0) {
        WARN("skipped: no systemd-analyze on this host");
        return;
    }
    auto const unit = tests::sourceDir() / "chaos-agent/systemd/shakedown-agent.service";
    auto const got = system::run({analyze, "security", "--offline=true", unit.string()}, "",
                                 Duration::seconds(30));
    REQUIRE(std::holds_alternative<system::Finished>(got));
    auto const& finished = std::get<system::Finished>(got);
    INFO(finished.output << finished.errors);
    std::smatch found;
    std::regex const level("exposure level for [^:]*: ([0-9.]+)");
    REQUIRE(std::regex_search(finished.output, found, level));
    CHECK(std::stod(found.str(1)) <= 2.5);
}
