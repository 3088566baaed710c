#include "sim/kernel/kernel.hpp"

#include <algorithm>
#include <random>
#include <vector>

#include <catch2/catch.hpp>

using namespace shakedown;
using namespace shakedown::literals;
using kernel::Event;
using kernel::EventClass;
using kernel::Kernel;

namespace {

Event event(std::uint32_t index) {
    return {1, 0, index, 0, 0};
}

std::vector<std::uint32_t> runAll(Kernel& kernel) {
    std::vector<std::uint32_t> order;
    kernel.runUntil(SimTime::at(1000_s), [&](Event const& e) {
        order.push_back(e.index);
        return true;
    });
    return order;
}

} // namespace

TEST_CASE("events come in order of time", "[kernel]") {
    Kernel kernel;
    std::mt19937 random(7);
    std::vector<std::int64_t> times(2000);
    for (std::uint32_t i = 0; i < times.size(); ++i) {
        times[i] = static_cast<std::int64_t>(random() % 1'000'000);
        kernel.schedule(SimTime::atNanoseconds(times[i]), EventClass::Completion, event(i));
    }
    auto const order = runAll(kernel);
    REQUIRE(order.size() == times.size());
    for (std::size_t i = 1; i < order.size(); ++i) {
        bool const inOrder = times[order[i - 1]] < times[order[i]]
                             || (times[order[i - 1]] == times[order[i]] && order[i - 1] < order[i]);
        REQUIRE(inOrder);
    }
}

TEST_CASE("at one instant timers go before completions and completions before arrivals",
          "[kernel]") {
    Kernel kernel;
    SimTime const at = SimTime::at(1_s);
    kernel.schedule(at, EventClass::Arrival, event(3));
    kernel.schedule(at, EventClass::Completion, event(2));
    kernel.schedule(at, EventClass::Timer, event(1));
    CHECK(runAll(kernel) == std::vector<std::uint32_t>{1, 2, 3});
}

TEST_CASE("a cancelled event does not happen and its handle is stale", "[kernel]") {
    Kernel kernel;
    std::vector<kernel::Handle> handles;
    for (std::uint32_t i = 0; i < 500; ++i)
        handles.push_back(kernel.schedule(SimTime::at(1_s) + Duration::nanoseconds(i),
                                          EventClass::Timer, event(i)));
    for (std::uint32_t i = 0; i < 500; ++i)
        if (i % 5 != 0)
            CHECK(kernel.cancel(handles[i]));
    CHECK_FALSE(kernel.cancel(handles[1]));
    auto const order = runAll(kernel);
    CHECK(order.size() == 100);
    CHECK(std::all_of(order.begin(), order.end(), [](auto i) { return i % 5 == 0; }));
    CHECK_FALSE(kernel.pending(handles[0]));
}

TEST_CASE("timers of a lane keep their place among other events of the instant", "[kernel]") {
    Kernel kernel;
    auto const lane = kernel.lane(1_s);
    kernel.startTimer(lane, event(1));
    kernel.schedule(SimTime::at(1_s), EventClass::Timer, event(2));
    kernel.startTimer(lane, event(3));
    CHECK(runAll(kernel) == std::vector<std::uint32_t>{1, 2, 3});
}

TEST_CASE("a stopped timer of a lane does not fire and the next one fires in time", "[kernel]") {
    Kernel kernel;
    auto const lane = kernel.lane(1_s);
    auto const first = kernel.startTimer(lane, event(1));
    SimTime firedAt;
    kernel.schedule(SimTime::at(500_ms), EventClass::Completion, event(9));
    kernel.runUntil(SimTime::at(600_ms), [&](Event const&) {
        kernel.startTimer(lane, event(2));
        return true;
    });
    CHECK(kernel.stopTimer(first));
    CHECK_FALSE(kernel.stopTimer(first));
    kernel.runUntil(SimTime::at(10_s), [&](Event const& e) {
        CHECK(e.index == 2);
        firedAt = kernel.now();
        return true;
    });
    CHECK(firedAt == SimTime::at(1500_ms));
}

TEST_CASE("an event in the past is refused", "[kernel]") {
    Kernel kernel;
    kernel.runUntil(SimTime::at(5_s), [](Event const&) { return true; });
    CHECK_THROWS_AS(kernel.schedule(SimTime::at(4_s), EventClass::Timer, event(1)),
                    BrokenInvariant);
}
