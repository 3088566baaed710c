#include "reports/measure/intervals.hpp"

#include <catch2/catch.hpp>

#include <cmath>
#include <random>

#include "scenarios/vocabulary/require.hpp"

using namespace shakedown;
using namespace shakedown::measure;

TEST_CASE("Student's quantiles are those of the printed tables", "[measure][interval]") {
    struct Row {
        std::uint64_t freedom;
        double p95, p975, p995, p9995;
    };
    // NIST/SEMATECH e-Handbook of Statistical Methods, 1.3.6.7.2; the last row is the normal law.
    for (Row const& row :
         {Row{1, 6.314, 12.706, 63.657, 636.62}, Row{2, 2.920, 4.303, 9.925, 31.599},
          Row{3, 2.353, 3.182, 5.841, 12.924}, Row{4, 2.132, 2.776, 4.604, 8.610},
          Row{5, 2.015, 2.571, 4.032, 6.869}, Row{9, 1.833, 2.262, 3.250, 4.781},
          Row{10, 1.812, 2.228, 3.169, 4.587}, Row{19, 1.729, 2.093, 2.861, 3.883},
          Row{30, 1.697, 2.042, 2.750, 3.646}, Row{100, 1.660, 1.984, 2.626, 3.390},
          Row{1'000'000, 1.645, 1.960, 2.576, 3.291}}) {
        CAPTURE(row.freedom);
        CHECK(studentQuantile(0.95, row.freedom) == Approx(row.p95).epsilon(4e-4));
        CHECK(studentQuantile(0.975, row.freedom) == Approx(row.p975).epsilon(4e-4));
        CHECK(studentQuantile(0.995, row.freedom) == Approx(row.p995).epsilon(4e-4));
        CHECK(studentQuantile(0.9995, row.freedom) == Approx(row.p9995).epsilon(4e-4));
    }
}

TEST_CASE("Student's quantiles have their closed forms for one and two degrees of freedom",
          "[measure][interval]") {
    for (double const p : {0.6, 0.75, 0.9, 0.99, 0.999999}) {
        CHECK(studentQuantile(p, 1) == Approx(std::tan(3.14159265358979323846 * (p - 0.5))));
        double const a = 2 * p - 1;
        CHECK(studentQuantile(p, 2) == Approx(a * std::sqrt(2 / (1 - a * a))).epsilon(1e-9));
        CHECK(studentQuantile(1 - p, 7) == Approx(-studentQuantile(p, 7)));
    }
    CHECK(studentQuantile(0.5, 3) == Approx(0).margin(1e-12));
}

TEST_CASE("the interval of a mean is the textbook's", "[measure][interval]") {
    auto const interval = meanInterval({9, 10, 11, 10, 10}, 0.95);
    REQUIRE(interval);
    CHECK(interval->mean == Approx(10));
    CHECK(interval->halfWidth() == Approx(2.776445 * std::sqrt(0.5 / 5)).epsilon(1e-6));
    CHECK(interval->method == IntervalMethod::Replications);
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
