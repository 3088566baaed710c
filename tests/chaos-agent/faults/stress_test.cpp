#include <catch2/catch.hpp>

#include <fstream>
#include <sstream>
#include <thread>

#include <sys/stat.h>

#include "chaos-agent/faults/group_room.hpp"
#include "chaos-agent/faults/plan_stress.hpp"
#include "chaos-agent/system/file_text.hpp"
#include "chaos-agent/system/host_load.hpp"
#include "tests/chaos-agent/faults/own_groups.hpp"
#include "tests/chaos-agent/faults/stress_stand.hpp"
#include "tests/chaos-agent/system/child.hpp"
#include "tests/chaos-agent/system/small_disk.hpp"

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
    // Others may be at work on this host, so it may get less; the quota holds whoever is.
    CHECK(share > 0.1);
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

TEST_CASE("memory is held, as much as was asked for, and given back", "[faults][stress]") {
    StressStand stand;
    constexpr std::int64_t wanted = 600LL << 20;
    auto const stress = stand.planned(protocol::Memory{Bytes::of(wanted), {}});
    if (!stress) {
        return;
    }
    stand.apply(*stress);
    CHECK(soon([&] { return isApplied(*stress, stand.tools).is == Verdict::Is::So; }));
    // Of the host's memory others take and give meanwhile, so what is held is looked at: as the
    // kernel counts it for the group, and for each process.
    CHECK(stand.heldBy(*stress) > wanted * 9 / 10);
    CHECK(stand.heldBy(*stress) < wanted * 12 / 10);
    CHECK(stand.residentOf(*stress) > wanted * 9 / 10);
    auto const members = stand.members(*stress);
    stand.revert(*stress);
    CHECK(std::none_of(members.begin(), members.end(), [](pid_t member) {
        return std::holds_alternative<system::Process>(system::Process::open(member));
    }));
}

TEST_CASE("a share of the memory is of what is available", "[faults][stress]") {
    StressStand stand;
    auto const stress = stand.planned(protocol::Memory{{}, 0.5});
    if (!stress) {
        return;
    }
    auto const memory = std::get<system::HostMemory>(system::memoryOfHost());
    auto const half = memory.available.count() / 2;
    CHECK(stress->memory.count() <= half + memory.total.count() / 50);
    CHECK(stress->memory.count() > half - memory.total.count() / 25);
}

TEST_CASE("more memory than may be held is refused with the figures", "[faults][stress]") {
    StressStand stand;
    auto const memory = std::get<system::HostMemory>(system::memoryOfHost());
    auto const all = stand.plan(protocol::Memory{memory.available, {}});
    REQUIRE(std::holds_alternative<system::Failure>(all));
    CHECK(std::get<system::Failure>(all).why.find("are kept (keep_free_memory_bytes)")
          != std::string::npos);
    stand.spared.memory = Bytes::of(memory.total.count());
    auto const some = stand.plan(protocol::Memory{Bytes::of(16 << 20), {}});
    REQUIRE(std::holds_alternative<system::Failure>(some));
    CHECK(std::get<system::Failure>(some).why.ends_with("nothing can"));
}

TEST_CASE("a tenth of the memory is kept, and 256 MiB at least", "[faults][stress]") {
    CHECK(keptOf(Bytes::of(1LL << 30)) == Bytes::of(256LL << 20));
    CHECK(keptOf(Bytes::of(100LL << 30)) == Bytes::of(10LL << 30));
}

TEST_CASE("a stress that takes more than its group may have is ended, and nobody else",
          "[faults][stress]") {
    StressStand stand;
    auto stress = stand.planned(protocol::Memory{Bytes::of(300LL << 20), {}});
    if (!stress) {
        return;
    }
    tests::Child const target;
    for (auto& group : stress->groups) {
        for (auto& limit : group.limits) {
            if (limit.file.starts_with("memory.") && limit.value != "0" && limit.value != "1") {
                limit.value = std::to_string(100LL << 20);
            }
        }
    }
    stand.apply(*stress);
    CHECK(soon([&] { return renew(*stress, Duration::seconds(5), stand.tools).has_value(); }));
    CHECK(isApplied(*stress, stand.tools).is == Verdict::Is::NotSo);
    CHECK(std::holds_alternative<system::Process>(system::Process::open(target.number())));
    stand.revert(*stress);
}

TEST_CASE("what io writes is in a directory of our own, and goes with it", "[faults][stress]") {
    auto const disk = tests::SmallDisk::make();
    StressStand stand;
    if (!disk) {
        return;
    }
    stand.target.disk = disk->room();
    auto const before = disk->state();
    protocol::Io const io{Bytes::of(2 << 20), 2};
    auto const stress = stand.planned(io);
    if (!stress) {
        return;
    }
    auto const steps = std::get<Plan>(stand.plan(io)).steps;
    REQUIRE(steps.size() == 2);
    REQUIRE_FALSE(apply(steps[0], Duration::seconds(5), stand.tools));
    CHECK(std::holds_alternative<system::Failure>(stand.plan(io)));
    stand.apply(*stress);
    CHECK(soon([&] { return isApplied(*stress, stand.tools).is == Verdict::Is::So; }));
    auto const first = stand.bytesWritten(*stress);
    CHECK(soon([&] { return stand.bytesWritten(*stress) > first + (4 << 20); }));
    CHECK(disk->free() >= tests::SmallDisk::size - (3 << 20));
    stand.revert(*stress);
    CHECK_FALSE(revert(steps[0], stand.tools));
    CHECK(isReverted(steps[0], stand.tools).is == Verdict::Is::So);
    CHECK(disk->state() == before);
}

TEST_CASE("io writes no more than is allowed and free", "[faults][stress]") {
    auto const disk = tests::SmallDisk::make();
    StressStand stand;
    if (!disk) {
        return;
    }
    auto const why = [&](protocol::Io const& io) {
        auto const got = stand.plan(io);
        REQUIRE(std::holds_alternative<system::Failure>(got));
        return std::get<system::Failure>(got).why;
    };
    CHECK(why({Bytes::of(1 << 20), 1}).find("(disk)") != std::string::npos);
    stand.target.disk = disk->room();
    CHECK(why({Bytes::of(1 << 20), 2}).find("at least") != std::string::npos);
    CHECK(why({Bytes::of(100 << 20), 1}).find("max_bytes") != std::string::npos);
    stand.target.disk->keep = Bytes::of(3 << 20);
    CHECK(why({Bytes::of(2 << 20), 1}).find("are kept") != std::string::npos);
}

// Version 1 keeps who is frozen from ending, as a disk that does not answer does.
TEST_CASE("a load that takes its time to end is waited for, and not thought stuck",
          "[faults][stress]") {
    StressStand stand;
    auto const stress = stand.planned(protocol::Cpu{0.1, 1});
    auto const freezer = system::groupOf(getpid(), "freezer");
    auto const* place = std::get_if<system::GroupPlace>(&freezer);
    if (!stress || place == nullptr || place->version != system::GroupVersion::One) {
        WARN("skipped: no freezer of version 1 on this host");
        return;
    }
    std::string const ice =
        place->directory + "/" + tests::freshPath("freezer").filename().string();
    REQUIRE(mkdir(ice.c_str(), 0755) == 0);
    stand.apply(*stress);
    CHECK(soon([&] { return isApplied(*stress, stand.tools).is == Verdict::Is::So; }));
    for (auto const member : stand.members(*stress)) {
        std::ofstream(ice + "/cgroup.procs") << member;
    }
    std::ofstream(ice + "/freezer.state") << "FROZEN";
    CHECK_FALSE(injectors::revert(*stress, stand.tools));
    CHECK(isReverted(*stress, stand.tools).is == Verdict::Is::NotYet);
    std::ofstream(ice + "/freezer.state") << "THAWED";
    CHECK(soon([&] { return isReverted(*stress, stand.tools).is == Verdict::Is::So; }));
    CHECK(tests::ownGroupsState(stand.target).empty());
    CHECK(soon([&] { return rmdir(ice.c_str()) == 0; }));
    stand.revert(*stress);
}

TEST_CASE("a load that was begun in part leaves nothing", "[faults][stress]") {
    StressStand stand;
    auto const planned = stand.planned(protocol::Cpu{0.1, 1});
    if (!planned) {
        return;
    }
    Stress stress = *planned;
    SECTION("a group that could not be limited") {
        stress.groups.back().limits.push_back({"pids.max", "many"});
    }
    SECTION("a program that is not there") {
        stress.words.front() = "/usr/bin/no-such-program";
    }
    SECTION("a program that ends at once") {
        stress.words = {"/usr/bin/false"};
    }
    bool const isBegun = !injectors::apply(stress, Duration::seconds(5), stand.tools);
    CHECK(isBegun == (stress.words.front() == "/usr/bin/false"));
    CHECK(soon([&] { return isApplied(stress, stand.tools).is == Verdict::Is::NotSo; }));
    stand.revert(stress);
}
