#include <catch2/catch.hpp>

#include <fstream>
#include <sstream>
#include <thread>

#include "chaos-agent/faults/group_room.hpp"
#include "chaos-agent/faults/plan_stress.hpp"
#include "chaos-agent/system/file_text.hpp"
#include "chaos-agent/system/host_load.hpp"
#include "tests/chaos-agent/faults/own_groups.hpp"
#include "tests/chaos-agent/faults/stress_stand.hpp"
#include "tests/chaos-agent/system/child.hpp"

// What a load takes of a host, that it is no more than that, and that nothing of it remains.
using namespace shakedown;
using namespace shakedown::injectors;
using tests::soon;
using tests::StressStand;

TEST_CASE("a load takes its share of the processors, and no more", "[faults][stress]") {
    StressStand stand;
    auto const stress = stand.planned(protocol::Cpu{0.3, 2});
    if (!stress) {
        return;
    }
    stand.apply(*stress);
    CHECK(soon([&] { return isApplied(*stress, stand.tools).is == Verdict::Is::So; }));
    auto const before = stand.processorSeconds(*stress);
    auto const begun = std::chrono::steady_clock::now();
    std::this_thread::sleep_for(std::chrono::seconds(3));
    std::chrono::duration<double> const passed = std::chrono::steady_clock::now() - begun;
    double const share = (stand.processorSeconds(*stress) - before) / passed.count();
    CAPTURE(share);
    // Others may be at work on this host; the quota holds whoever is.
    CHECK(share > 0.35);
    CHECK(share < 0.65);
    stand.revert(*stress);
}

TEST_CASE("who takes a load has no privileges, and is the first to go", "[faults][stress]") {
    StressStand stand;
    auto const stress = stand.planned(protocol::Cpu{0.1, 1});
    if (!stress) {
        return;
    }
    stand.apply(*stress);
    CHECK(soon([&] { return isApplied(*stress, stand.tools).is == Verdict::Is::So; }));
    auto const members = stand.members(*stress);
    CHECK(members.size() >= 2);
    for (auto const member : members) {
        std::string const folder = "/proc/" + std::to_string(member) + "/";
        auto const status = std::get<std::string>(system::readFile(folder + "status"));
        CHECK(status.find("CapEff:\t0000000000000000") != std::string::npos);
        CHECK(status.find("NoNewPrivs:\t1") != std::string::npos);
        auto const score = std::get<std::string>(system::readFile(folder + "oom_score_adj"));
        CHECK(std::stoi(score) >= 900);
    }
    stand.revert(*stress);
    CHECK(soon([&] {
        return std::none_of(members.begin(), members.end(), [](pid_t member) {
            auto const found = system::Process::open(member);
            return std::holds_alternative<system::Process>(found);
        });
    }));
}

TEST_CASE("a load that somebody ended is told of when its lease is renewed", "[faults][stress]") {
    StressStand stand;
    auto const stress = stand.planned(protocol::Cpu{0.1, 1});
    if (!stress) {
        return;
    }
    stand.apply(*stress);
    CHECK(soon([&] { return isApplied(*stress, stand.tools).is == Verdict::Is::So; }));
    CHECK_FALSE(renew(*stress, Duration::seconds(5), stand.tools));
    for (auto const member : stand.members(*stress)) {
        kill(member, SIGKILL);
    }
    CHECK(soon([&] { return renew(*stress, Duration::seconds(5), stand.tools).has_value(); }));
    CHECK(isApplied(*stress, stand.tools).is == Verdict::Is::NotSo);
    stand.revert(*stress);
}

TEST_CASE("who joins a control group of ours is ended with it", "[faults][stress]") {
    StressStand stand;
    auto const stress = stand.planned(protocol::Cpu{0.1, 1});
    if (!stress) {
        return;
    }
    stand.apply(*stress);
    tests::Child child;
    std::ofstream(stress->groups.front().directory + "/cgroup.procs") << child.number();
    CHECK(soon([&] { return stand.members(*stress).contains(child.number()); }));
    stand.revert(*stress);
    child.wait();
}

TEST_CASE("a control group that is there already is not ours to fill", "[faults][stress]") {
    StressStand stand;
    auto const stress = stand.planned(protocol::Cpu{0.1, 1});
    if (!stress) {
        return;
    }
    std::string const& directory = stress->groups.front().directory;
    std::filesystem::create_directory(directory);
    auto const again = stand.plan(protocol::Cpu{0.1, 1});
    REQUIRE(std::holds_alternative<system::Failure>(again));
    CHECK(std::get<system::Failure>(again).why.find("is there already") != std::string::npos);
    CHECK(rmdir(directory.c_str()) == 0);
}

TEST_CASE("more workers than a scheduler bears are refused with the number", "[faults][stress]") {
    StressStand stand;
    auto const refused = stand.plan(protocol::Cpu{1, 1024});
    REQUIRE(std::holds_alternative<system::Failure>(refused));
    CHECK_FALSE(std::get<system::Failure>(refused).why.empty());
}
