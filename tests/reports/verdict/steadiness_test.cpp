#include "reports/verdict/steadiness.hpp"

#include <catch2/catch.hpp>

#include <algorithm>
#include <cmath>
#include <random>

#include "tests/reports/verdict/shop.hpp"

using namespace shakedown;
using namespace shakedown::literals;
using namespace shakedown::tests;
using namespace shakedown::verdict;
using measure::SecondTally;

namespace {

SimTime at(Duration d) {
    return SimTime::at(d);
}

Seconds broken(Seconds seconds, std::size_t from, std::size_t to) {
    for (std::size_t s = from; s < to; ++s) {
        seconds[s].good = 10;
    }
    return seconds;
}

Baseline const usual{100, 100, Duration::milliseconds(10)};

} // namespace

TEST_CASE("the baseline is the thirty seconds before the fault", "[verdict][recovery]") {
    auto seconds = healthySeconds(180);
    for (std::size_t s = 0; s < 30; ++s) {
        seconds[s] = {500, 500, 1_s};
    }
    auto const baseline = baselineBefore(seconds, at(20_s), at(60_s));
    REQUIRE(baseline);
    CHECK(baseline->good == 100);
    CHECK(baseline->p99 == 10_ms);
}

TEST_CASE("the baseline begins no earlier than the warm-up ends", "[verdict][recovery]") {
    auto seconds = healthySeconds(180);
    for (std::size_t s = 0; s < 50; ++s) {
        seconds[s] = {500, 500, 1_s};
    }
    CHECK(baselineBefore(seconds, at(50_s), at(60_s))->good == 100);
    CHECK(baselineBefore(seconds, at(49'500_ms), at(60_s))->good == 100);
}

TEST_CASE("without a whole second, or with nothing good, there is no baseline",
          "[verdict][recovery]") {
    CHECK_FALSE(baselineBefore(healthySeconds(180), at(60_s), at(60_s)));
    CHECK_FALSE(baselineBefore(healthySeconds(180), at(59'500_ms), at(60_s)));
    CHECK_FALSE(baselineBefore(Seconds(180, SecondTally{100, 0, Duration()}), at(20_s), at(60_s)));
    CHECK_FALSE(baselineBefore({}, at(20_s), at(60_s)));
}

TEST_CASE("the p99 of a baseline is near that of all its values", "[verdict][recovery]") {
    std::mt19937_64 random(5);
    std::exponential_distribution<double> exponential(100);
    for (int const rate : {5, 50, 100, 1000, 5000}) {
        Seconds seconds(30);
        std::vector<double> all;
        for (auto& second : seconds) {
            std::vector<double> values(static_cast<std::size_t>(rate));
            std::generate(values.begin(), values.end(), [&] { return exponential(random); });
            std::sort(values.begin(), values.end());
            auto const rank = static_cast<std::size_t>(std::ceil(0.99 * rate));
            second = {static_cast<std::uint32_t>(rate), static_cast<std::uint32_t>(rate),
                      Duration::fromSeconds(values[rank - 1])};
            all.insert(all.end(), values.begin(), values.end());
        }
        std::sort(all.begin(), all.end());
        double const p99 = all[static_cast<std::size_t>(0.99 * static_cast<double>(all.size()))];
        auto const baseline = baselineBefore(seconds, at(0_s), at(30_s));
        CAPTURE(rate);
        CHECK(baseline->p99.inSeconds() == Approx(p99).epsilon(0.15));
    }
}

TEST_CASE("a second is steady down to 95 % of the goodput and up to 1.5 times the p99",
          "[verdict][recovery]") {
    CHECK(isSteady(usual, {100, 100, 10_ms}));
    CHECK(isSteady(usual, {100, 95, 10_ms}));
    CHECK_FALSE(isSteady(usual, {100, 94, 10_ms}));
    CHECK(isSteady(usual, {100, 100, 15_ms}));
    CHECK_FALSE(isSteady(usual, {100, 100, 15_ms + 1_ns}));
}

TEST_CASE("a lull that chance explains is no loss of goodput", "[verdict][recovery]") {
    CHECK(isSteady(usual, {80, 80, 10_ms}));
    CHECK_FALSE(isSteady(usual, {80, 70, 10_ms}));
    CHECK_FALSE(isSteady(usual, {60, 60, 10_ms}));
    CHECK_FALSE(isSteady(usual, {0, 0, Duration()}));
}

TEST_CASE("a system in its steady state stays in it at any rate of Poisson arrivals",
          "[verdict][recovery]") {
    std::mt19937_64 random(6);
    for (double const rate : {20.0, 100.0, 300.0, 2000.0}) {
        std::poisson_distribution<std::uint32_t> arrivals(rate);
        Baseline const baseline{rate, rate, 10_ms};
        int outside = 0;
        for (int s = 0; s < 2000; ++s) {
            std::uint32_t const n = arrivals(random);
            outside += isSteady(baseline, {n, n, 10_ms}) ? 0 : 1;
        }
        CAPTURE(rate);
        CHECK(outside < 15);
    }
}

TEST_CASE("more arrivals than usual need no more than the usual goodput", "[verdict][recovery]") {
    CHECK(isSteady(usual, {300, 100, 10_ms}));
    CHECK_FALSE(isSteady(usual, {300, 90, 10_ms}));
}

TEST_CASE("recovery begins with the first of ten steady seconds", "[verdict][recovery]") {
    auto const seconds = broken(healthySeconds(180), 60, 127);
    CHECK(recoveryAfter(seconds, usual, at(120_s), at(180_s)) == 7_s);
    CHECK(recoveryAfter(healthySeconds(180), usual, at(120_s), at(180_s)) == 0_s);
}

TEST_CASE("nine steady seconds are no recovery", "[verdict][recovery]") {
    auto seconds = broken(healthySeconds(180), 60, 121);
    seconds[130].good = 0;
    CHECK(recoveryAfter(seconds, usual, at(120_s), at(180_s)) == 11_s);
    CHECK_FALSE(recoveryAfter(broken(healthySeconds(180), 60, 171), usual, at(120_s), at(180_s)));
    CHECK(recoveryAfter(broken(healthySeconds(180), 60, 170), usual, at(120_s), at(180_s)) == 50_s);
}

TEST_CASE("seconds after the end of the run do not count", "[verdict][recovery]") {
    CHECK_FALSE(recoveryAfter(healthySeconds(200), usual, at(120_s), at(129'900_ms)));
}

TEST_CASE("an end within a second may recover in that second", "[verdict][recovery]") {
    CHECK(recoveryAfter(healthySeconds(180), usual, at(120'400_ms), at(180_s)) == 0_s);
    CHECK(recoveryAfter(broken(healthySeconds(180), 60, 121), usual, at(120'400_ms), at(180_s))
          == 600_ms);
}

TEST_CASE("three seconds outside are needed to have left the steady state", "[verdict][recovery]") {
    CHECK_FALSE(leftSteadyState(broken(healthySeconds(180), 60, 62), usual, at(60_s), at(180_s)));
    CHECK(leftSteadyState(broken(healthySeconds(180), 60, 63), usual, at(60_s), at(180_s)));
    CHECK_FALSE(leftSteadyState(broken(healthySeconds(180), 60, 63), usual, at(63_s), at(180_s)));
    CHECK_FALSE(leftSteadyState(broken(healthySeconds(180), 60, 63), usual, at(0_s), at(62_s)));
}
