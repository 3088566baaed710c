#include <memory>
#include <string>
#include <vector>

#include <catch2/catch.hpp>

#include "sim/platform/ideal.hpp"
#include "sim/platform/machines.hpp"
#include "sim/platform/simgrid_module.hpp"

using namespace shakedown;
using namespace shakedown::literals;
using kernel::Event;

/// What every platform must do; each implementation is a row of the table below.
namespace {

std::unique_ptr<platform::Platform> platformNamed(std::string const& name, kernel::Kernel& kernel) {
    if (name == "ideal")
        return std::make_unique<platform::IdealPlatform>(kernel);
    platform::Blueprint blueprint;
    blueprint.machines = {{"many-cores", "", 1, 1000}, {"one-core", "", 1, 1}};
    auto const simgrid = platform::simgridModule();
    REQUIRE(simgrid);
    return simgrid.value()->makePlatform(kernel, blueprint);
}

struct Bench {
    kernel::Kernel kernel;
    std::unique_ptr<platform::Platform> platform;
    std::vector<std::pair<std::uint32_t, double>> done; // (index, second)

    explicit Bench(std::string const& name) : platform(platformNamed(name, kernel)) {}

    // With 0 cores no piece waits for another.
    platform::HostId host(int cores) {
        return platform->addHost(cores, platform::MachineId(cores));
    }
    Event completion(std::uint32_t index) { return {1, 0, index, 0, 0}; }
    void runUntil(Duration until) {
        platform->drive(SimTime::at(until), [&](Event const& e) {
            if (e.kind == platform::Platform::platformKind)
                platform->handle(e);
            else
                done.emplace_back(e.index, kernel.now().inSeconds());
            return true;
        });
    }
};

#define EVERY_PLATFORM GENERATE(as<std::string>{}, "ideal", "simgrid")

} // namespace

TEST_CASE("work on a host without sharing takes its time", "[platform]") {
    Bench bench(EVERY_PLATFORM);
    auto const host = bench.host(0);
    for (std::uint32_t i = 0; i < 3; ++i)
        bench.platform->startWork(host, 2_s, bench.completion(i));
    bench.runUntil(10_s);
    REQUIRE(bench.done.size() == 3);
    for (auto const& [index, at] : bench.done)
        CHECK(at == Approx(2.0).epsilon(1e-9));
}

TEST_CASE("more pieces than cores share them equally", "[platform]") {
    Bench bench(EVERY_PLATFORM);
    auto const host = bench.host(1);
    bench.platform->startWork(host, 1_s, bench.completion(1));
    bench.platform->startWork(host, 3_s, bench.completion(3));
    bench.runUntil(10_s);
    REQUIRE(bench.done.size() == 2);
    CHECK(bench.done[0].first == 1);
    CHECK(bench.done[0].second == Approx(2.0).epsilon(1e-9));
    CHECK(bench.done[1].second == Approx(4.0).epsilon(1e-9));
}

TEST_CASE("a host at half speed takes twice as long for what is left", "[platform]") {
    int const cores = GENERATE(0, 1);
    Bench bench(EVERY_PLATFORM);
    auto const host = bench.host(cores);
    auto work = bench.platform->startWork(host, 2_s, bench.completion(1));
    bench.runUntil(1_s);
    std::vector<platform::WorkHandle*> running{&work};
    if (auto* const machines = bench.platform->machines())
        machines->setMachineSpeed(platform::MachineId(cores), 0.5);
    else
        bench.platform->setSpeed(host, 0.5, running);
    bench.runUntil(10_s);
    REQUIRE(bench.done.size() == 1);
    CHECK(bench.done[0].second == Approx(3.0).epsilon(1e-9));
}

TEST_CASE("a frozen host does nothing and goes on where it stood", "[platform]") {
    int const cores = GENERATE(0, 1);
    Bench bench(EVERY_PLATFORM);
    auto const host = bench.host(cores);
    auto work = bench.platform->startWork(host, 2_s, bench.completion(1));
    std::vector<platform::WorkHandle*> running{&work};
    bench.runUntil(1_s);
    bench.platform->setSpeed(host, 0, running);
    bench.runUntil(5_s);
    CHECK(bench.done.empty());
    bench.platform->setSpeed(host, 1, running);
    bench.runUntil(10_s);
    REQUIRE(bench.done.size() == 1);
    CHECK(bench.done[0].second == Approx(6.0).epsilon(1e-9));
}

TEST_CASE("cancelled work does not complete and frees its share", "[platform]") {
    Bench bench(EVERY_PLATFORM);
    auto const host = bench.host(1);
    auto const first = bench.platform->startWork(host, 4_s, bench.completion(1));
    bench.platform->startWork(host, 2_s, bench.completion(2));
    bench.runUntil(2_s);
    bench.platform->cancelWork(host, first);
    bench.runUntil(10_s);
    REQUIRE(bench.done.size() == 1);
    CHECK(bench.done[0].first == 2);
    CHECK(bench.done[0].second == Approx(3.0).epsilon(1e-9));
}

TEST_CASE("what ends at one instant ends in the order of starting", "[platform]") {
    Bench bench(EVERY_PLATFORM);
    auto const host = bench.host(0);
    for (std::uint32_t i = 0; i < 20; ++i)
        bench.platform->startWork(host, 1_s, bench.completion(i));
    bench.runUntil(10_s);
    REQUIRE(bench.done.size() == 20);
    for (std::uint32_t i = 0; i < 20; ++i)
        CHECK(bench.done[i].first == i);
}

TEST_CASE("a long chain of work stays exact to the nanosecond", "[platform]") {
    Bench bench(EVERY_PLATFORM);
    auto const host = bench.host(0);
    Duration const piece = Duration::nanoseconds(333'333'337);
    int left = 10'000;
    bench.platform->startWork(host, piece, bench.completion(0));
    SimTime last;
    bench.platform->drive(SimTime::at(4000_s), [&](Event const& e) {
        last = bench.kernel.now();
        if (--left > 0)
            bench.platform->startWork(host, piece, e);
        return true;
    });
    CHECK(left == 0);
    CHECK(last.count() == 10'000 * piece.count());
}

TEST_CASE("a handler that says no stops the clock at its event", "[platform]") {
    Bench bench(EVERY_PLATFORM);
    bench.kernel.schedule(SimTime::at(1_s), kernel::EventClass::Timer, bench.completion(1));
    bench.kernel.schedule(SimTime::at(2_s), kernel::EventClass::Timer, bench.completion(2));
    bool const ran = bench.platform->drive(SimTime::at(10_s), [](Event const&) { return false; });
    CHECK_FALSE(ran);
    CHECK(bench.kernel.now() == SimTime::at(1_s));
}

TEST_CASE("work under way at the end of a platform is no trouble", "[platform]") {
    Bench bench(EVERY_PLATFORM);
    auto const host = bench.host(1);
    for (std::uint32_t i = 0; i < 5; ++i)
        bench.platform->startWork(host, 10_s, bench.completion(i));
    bench.runUntil(1_s);
    CHECK(bench.done.empty());
}
