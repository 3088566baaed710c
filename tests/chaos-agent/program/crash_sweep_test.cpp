#include <catch2/catch.hpp>

#include <array>
#include <cstdio>

#include "chaos-agent/protocol/fault.hpp"
#include "tests/chaos-agent/program/dying_stand.hpp"
#include "tests/chaos-agent/system/child.hpp"

// The promise itself: wherever the agent is killed, its watchdog takes back what it did. The agent
// is killed at every write of the journal and of the audit log, and before and after each step of
// applying and taking back, for every kind of fault.
using namespace shakedown;
using tests::soon;

namespace {

using Proxies = tests::DyingStand::Proxies;

void sweep(std::vector<std::string> const& kinds, Proxies proxies = Proxies::Redirected) {
    tests::DyingStand stand(proxies);
    if (!stand.canRun()) {
        return;
    }
    std::string table = "kind             points  recovered\n";
    for (auto const& kind : kinds) {
        INFO(kind);
        std::string const before = stand.state();
        auto const whole = stand.live(kind, 0);
        REQUIRE(whole.status == 0);
        REQUIRE(whole.points.size() >= 16);
        REQUIRE(soon([&] { return stand.state() == before && stand.answers(); }));
        std::size_t recovered = 0;
        for (std::size_t point = 1; point <= whole.points.size(); ++point) {
            auto const life = stand.live(kind, static_cast<long>(point));
            INFO("killed at " << point << ", " << whole.points[point - 1]);
            CHECK(life.status == 128 + SIGKILL);
            bool const isBack =
                soon([&] { return stand.isCalm() && stand.state() == before && stand.answers(); });
            CHECK(isBack);
            recovered += isBack ? 1 : 0;
        }
        std::array<char, 64> line{};
        std::snprintf(line.data(), line.size(), "%-16s %6zu  %9zu\n", kind.c_str(),
                      whole.points.size(), recovered);
        table += line.data();
    }
    std::fputs(table.c_str(), stdout);
}

std::vector<std::string> const packets{"loss", "partition", "reject", "black_hole"};
std::vector<std::string> const queued{"delay", "duplicate", "reorder", "corrupt", "rate"};
std::vector<std::string> const processes{"hang", "crash", "kill", "restart"};

} // namespace

TEST_CASE("wherever the agent is killed, packet faults are taken back", "[agent][crash]") {
    sweep(packets);
}

TEST_CASE("wherever the agent is killed, queued packets go on their way", "[agent][crash]") {
    sweep(queued);
}

TEST_CASE("wherever the agent is killed, faults of processes are taken back", "[agent][crash]") {
    sweep(processes);
}

TEST_CASE("wherever the agent is killed, redirects are taken back", "[agent][crash]") {
    std::vector<std::string> others;
    for (auto const& kind : protocol::faultNames()) {
        if (std::find(packets.begin(), packets.end(), kind) == packets.end()
            && std::find(queued.begin(), queued.end(), kind) == queued.end()
            && std::find(processes.begin(), processes.end(), kind) == processes.end()
            && kind != "disk") {
            others.push_back(kind);
        }
    }
    sweep(others);
}

TEST_CASE("wherever the agent is killed, a disk that was filled is free again", "[agent][crash]") {
    sweep({"disk"});
}

// A proxy is told in the same way of every kind.
TEST_CASE("wherever the agent is killed, faults of connections are over", "[agent][crash]") {
    sweep({"latency", "reset", "errors"}, Proxies::Addressed);
}
