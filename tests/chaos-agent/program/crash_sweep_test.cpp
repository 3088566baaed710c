#include <catch2/catch.hpp>

#include <algorithm>
#include <array>
#include <cstdio>

#include <nlohmann/json.hpp>

#include "chaos-agent/protocol/fault.hpp"
#include "tests/chaos-agent/faults/docker_engine.hpp"
#include "tests/chaos-agent/faults/own_groups.hpp"
#include "tests/chaos-agent/program/dying_stand.hpp"
#include "tests/chaos-agent/system/child.hpp"

// The promise itself: wherever the agent is killed, its watchdog takes back what it did. The agent
// is killed at every write of the journal and of the audit log, and before and after each step of
// applying and taking back, for every kind of fault.
using namespace shakedown;
using tests::soon;

namespace {

using Proxies = tests::DyingStand::Proxies;

// How one kind of fault is swept: its lives, and what was before and must be again.
template <class Live, class IsBack>
std::string swept(std::string const& kind, Live const& live, IsBack const& isBack) {
    INFO(kind);
    tests::AgentLife const whole = live(0);
    REQUIRE(whole.status == 0);
    REQUIRE(whole.points.size() >= 16);
    REQUIRE(soon(isBack));
    std::size_t recovered = 0;
    for (std::size_t point = 1; point <= whole.points.size(); ++point) {
        tests::AgentLife const life = live(static_cast<long>(point));
        INFO("killed at " << point << ", " << whole.points[point - 1]);
        CHECK(life.status == 128 + SIGKILL);
        bool const back = soon(isBack);
        CHECK(back);
        recovered += back ? 1 : 0;
    }
    std::array<char, 64> line{};
    std::snprintf(line.data(), line.size(), "%-16s %6zu  %9zu\n", kind.c_str(), whole.points.size(),
                  recovered);
    return line.data();
}

constexpr char const* head = "kind             points  recovered\n";

void sweep(std::vector<std::string> const& kinds, Proxies proxies = Proxies::Redirected) {
    tests::DyingStand stand(proxies);
    if (!stand.canRun()) {
        return;
    }
    std::string table = head;
    for (auto const& kind : kinds) {
        if (!tests::hasGroupsFor(kind)) {
            continue;
        }
        std::string const before = stand.state();
        table += swept(
            kind, [&](long diesAt) { return stand.live(kind, diesAt); },
            [&] { return stand.isCalm() && stand.state() == before && stand.answers(); });
    }
    std::fputs(table.c_str(), stdout);
}

std::vector<std::string> const packets{"loss", "partition", "reject", "black_hole"};
std::vector<std::string> const queued{"delay", "duplicate", "reorder", "corrupt", "rate"};
std::vector<std::string> const processes{"hang", "crash", "kill", "restart"};
std::vector<std::string> const loads{"cpu", "memory", "io"};
std::vector<std::string> const limits{"cpu_quota", "file_descriptors", "processes"};
// Those that have a test of their own.
std::vector<std::vector<std::string> const*> const elsewhere{&packets, &queued, &processes, &loads,
                                                             &limits};

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
        bool const isElsewhere =
            std::any_of(elsewhere.begin(), elsewhere.end(), [&](auto const* kinds) {
                return std::find(kinds->begin(), kinds->end(), kind) != kinds->end();
            });
        if (!isElsewhere && kind != "disk" && kind != "stop") {
            others.push_back(kind);
        }
    }
    sweep(others);
}

TEST_CASE("wherever the agent is killed, a disk that was filled is free again", "[agent][crash]") {
    sweep({"disk"});
}

TEST_CASE("wherever the agent is killed, limits are as they were", "[agent][crash]") {
    sweep(limits);
}

TEST_CASE("wherever the agent is killed, a load on the host is taken off", "[agent][crash]") {
    sweep(loads);
}

// A proxy is told in the same way of every kind.
TEST_CASE("wherever the agent is killed, faults of connections are over", "[agent][crash]") {
    sweep({"latency", "reset", "errors"}, Proxies::Addressed);
}

TEST_CASE("wherever the agent is killed, faults of containers are taken back", "[agent][crash]") {
    auto const docker = tests::DockerEngine::make();
    if (!docker) {
        return;
    }
    auto const folder = tests::freshPath("dying");
    std::filesystem::create_directory(folder);
    docker->runs("orders");
    nlohmann::json const target{{"address", tests::DockerEngine::serviceAddress},
                                {"socket", docker->socket()},
                                {"container", "orders"}};
    std::string table = head;
    for (std::string const kind : {"hang", "crash", "stop", "restart"}) {
        auto const began = docker->began("orders");
        table += swept(
            kind,
            [&](long diesAt) {
                return tests::lifeOf(tests::dyingAgent(folder, kind, target.dump(), diesAt));
            },
            [&] {
                return tests::isCalmIn(folder) && docker->state("orders") == "running, answers"
                       && (kind != "hang" || docker->began("orders") == began);
            });
    }
    std::fputs(table.c_str(), stdout);
    std::filesystem::remove_all(folder);
}
