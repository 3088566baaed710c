#include "reports/measure/intervals.hpp"

#include <catch2/catch.hpp>

#include <random>

#include "scenarios/vocabulary/require.hpp"

using namespace shakedown;
using namespace shakedown::measure;

TEST_CASE("the interval of a mean is the textbook's", "[measure][interval]") {
    auto const interval = meanInterval({9, 10, 11, 10, 10}, 0.95);
    REQUIRE(interval);
    CHECK(interval->mean == Approx(10));
    CHECK(interval->halfWidth() == Approx(2.776445 * std::sqrt(0.5 / 5)).epsilon(1e-6));
    CHECK(interval->method == IntervalMethod::Replications);
    CHECK(interval->freedom == 4);
}

TEST_CASE("one value has no interval", "[measure][interval]") {
    CHECK_FALSE(meanInterval({}, 0.95));
    CHECK_FALSE(meanInterval({3}, 0.95));
    CHECK_FALSE(batchMeansInterval({}, 0.95));
    CHECK_FALSE(batchMeansInterval({{3, 2}}, 0.95));
    CHECK_FALSE(batchMeansInterval({{0, 0}, {0, 0}}, 0.95));
    CHECK_THROWS_AS(meanInterval({1, 2}, 1.0), BrokenInvariant);
}

TEST_CASE("batches of equal counts give the interval of their means", "[measure][interval]") {
    auto const ofMeans = meanInterval({0.9, 1.0, 1.1, 1.2}, 0.99);
    auto const ofBatches = batchMeansInterval({{9, 10}, {10, 10}, {11, 10}, {12, 10}}, 0.99);
    REQUIRE(ofMeans);
    REQUIRE(ofBatches);
    CHECK(ofBatches->mean == Approx(ofMeans->mean));
    CHECK(ofBatches->low == Approx(ofMeans->low));
    CHECK(ofBatches->high == Approx(ofMeans->high));
    CHECK(ofBatches->method == IntervalMethod::BatchMeans);
}

TEST_CASE("an empty batch counts as one that held nothing", "[measure][interval]") {
    auto const interval = batchMeansInterval({{10, 10}, {0, 0}, {20, 20}}, 0.95);
    REQUIRE(interval);
    CHECK(interval->mean == Approx(1));
    CHECK(interval->halfWidth() == Approx(0).margin(1e-12));
}

TEST_CASE("nineteen of twenty 95 % intervals hold the true mean", "[measure][interval]") {
    std::mt19937_64 random(42);
    std::normal_distribution<double> normal(5, 2);
    int covered = 0;
    constexpr int trials = 4000;
    for (int i = 0; i < trials; ++i) {
        std::vector<double> values(6);
        for (double& v : values) {
            v = normal(random);
        }
        auto const interval = meanInterval(values, 0.95);
        covered += interval->low <= 5 && 5 <= interval->high ? 1 : 0;
    }
    CHECK(covered / double(trials) == Approx(0.95).margin(0.012));
}
