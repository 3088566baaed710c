#include "scenarios/vocabulary/time.hpp"

#include <catch2/catch.hpp>

#include <cmath>
#include <limits>

using namespace shakedown;
using namespace shakedown::literals;

TEST_CASE("spans add, subtract and scale in whole nanoseconds", "[vocabulary][time]") {
    CHECK(1_s + 500_ms == 1500_ms);
    CHECK(1_min == 60_s);
    CHECK(1_us == 1000_ns);
    CHECK(1_ms - 2_ms == -(1_ms));
    CHECK(3_ms * std::int64_t{4} == 12_ms);
    CHECK(10_ms * 0.25 == 2500_us);
    CHECK(3_s / 2_s == 1.5);
    CHECK((1_s).inSeconds() == 1);
    CHECK((1500_us).inMilliseconds() == 1.5);
}

TEST_CASE("no limit is longer than every span", "[vocabulary][time]") {
    CHECK(Duration::none().isNone());
    CHECK(Duration::none() > Duration::seconds(6'000'000'000));
    CHECK_FALSE(Duration().isNone());
}

TEST_CASE("seconds are rounded to the nearest nanosecond", "[vocabulary][time]") {
    CHECK(Duration::fromSeconds(1e-9) == 1_ns);
    CHECK(Duration::fromSeconds(0.4e-9) == 0_ns);
    CHECK(Duration::fromSeconds(0.6e-9) == 1_ns);
    CHECK(Duration::fromSeconds(-0.6e-9) == -(1_ns));
    CHECK(Duration::fromSeconds(0.1) == 100_ms);
}

TEST_CASE("seconds that no span can hold are kept within bounds", "[vocabulary][time]") {
    double const infinity = std::numeric_limits<double>::infinity();
    CHECK(Duration::fromSeconds(1e300).isNone());
    CHECK(Duration::fromSeconds(infinity).isNone());
    CHECK(Duration::fromSeconds(-infinity) < -Duration::seconds(6'000'000'000));
    CHECK(Duration::fromSeconds(std::nan("")) == 0_ns);
}

TEST_CASE("an instant and no limit is never", "[vocabulary][time]") {
    SimTime const now = SimTime::at(5_s);
    CHECK(now + Duration::none() == SimTime::never());
    CHECK(now + 1_s == SimTime::at(6_s));
    CHECK(now - 1_s == SimTime::at(4_s));
    CHECK(SimTime::at(7_s) - now == 2_s);
    CHECK(now.sinceStart() == 5_s);
    CHECK(now < SimTime::never());
}
