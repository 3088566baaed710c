#include "sim/platform/ideal.hpp"

#include <memory>
#include <vector>

#include <catch2/catch.hpp>

using namespace shakedown;
using namespace shakedown::literals;
using kernel::Event;

/// What every platform must do; each implementation is a row of the table below.
namespace {

struct Bench {
    kernel::Kernel kernel;
    std::unique_ptr<platform::Platform> platform;
    std::vector<std::pair<std::uint32_t, double>> done; // (index, second)

    explicit Bench(char const*) : platform(std::make_unique<platform::IdealPlatform>(kernel)) {}

    Event completion(std::uint32_t index) { return {1, 0, index, 0, 0}; }
    void runUntil(Duration until) {
        kernel.runUntil(SimTime::at(until), [&](Event const& e) {
            if (e.kind == platform::Platform::platformKind)
                platform->handle(e);
            else
                done.emplace_back(e.index, kernel.now().inSeconds());
            return true;
        });
    }
};

#define EVERY_PLATFORM GENERATE("ideal")

} // namespace

TEST_CASE("work on a host without sharing takes its time", "[platform]") {
    Bench bench(EVERY_PLATFORM);
    auto const host = bench.platform->addHost(0);
    for (std::uint32_t i = 0; i < 3; ++i)
        bench.platform->startWork(host, 2_s, bench.completion(i));
    bench.runUntil(10_s);
    REQUIRE(bench.done.size() == 3);
    for (auto const& [index, at] : bench.done)
        CHECK(at == Approx(2.0).epsilon(1e-9));
}

TEST_CASE("more pieces than cores share them equally", "[platform]") {
    Bench bench(EVERY_PLATFORM);
    auto const host = bench.platform->addHost(1);
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
    auto const host = bench.platform->addHost(cores);
    auto work = bench.platform->startWork(host, 2_s, bench.completion(1));
    bench.runUntil(1_s);
    std::vector<platform::WorkHandle*> running{&work};
    bench.platform->setSpeed(host, 0.5, running);
    bench.runUntil(10_s);
    REQUIRE(bench.done.size() == 1);
    CHECK(bench.done[0].second == Approx(3.0).epsilon(1e-9));
}

TEST_CASE("a frozen host does nothing and goes on where it stood", "[platform]") {
    int const cores = GENERATE(0, 1);
    Bench bench(EVERY_PLATFORM);
    auto const host = bench.platform->addHost(cores);
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
    auto const host = bench.platform->addHost(1);
    auto const first = bench.platform->startWork(host, 4_s, bench.completion(1));
    bench.platform->startWork(host, 2_s, bench.completion(2));
    bench.runUntil(2_s);
    bench.platform->cancelWork(host, first);
    bench.runUntil(10_s);
    REQUIRE(bench.done.size() == 1);
    CHECK(bench.done[0].first == 2);
    CHECK(bench.done[0].second == Approx(3.0).epsilon(1e-9));
}
