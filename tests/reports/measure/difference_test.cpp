#include "reports/measure/difference.hpp"

#include <catch2/catch.hpp>

#include <cmath>
#include <random>

#include "scenarios/vocabulary/require.hpp"

using namespace shakedown;
using namespace shakedown::measure;

namespace {

// Hours of sleep gained by ten patients under two drugs: Student, The probable error of a mean,
// Biometrika 6 (1908). What is expected below is what R's t.test prints for its data set "sleep"
// (which subtracts the other way round).
std::vector<double> const oneDrug{0.7, -1.6, -0.2, -1.2, -0.1, 3.4, 3.7, 0.8, 0.0, 2.0};
std::vector<double> const otherDrug{1.9, 0.8, 1.1, 0.1, -0.1, 4.4, 5.5, 1.6, 4.6, 3.4};

std::vector<double> normals(std::mt19937_64& random, std::size_t count, double mean, double sd) {
    std::normal_distribution<double> law(mean, sd);
    std::vector<double> values(count);
    for (double& v : values) {
        v = law(random);
    }
    return values;
}

} // namespace

TEST_CASE("pairs differ as Student's own example does", "[measure][difference]") {
    auto const d = pairedDifference(oneDrug, otherDrug, 0.95);
    REQUIRE(d);
    CHECK(d->value == Approx(1.58));
    CHECK(d->low == Approx(0.7001142).epsilon(1e-6));
    CHECK(d->high == Approx(2.4598858).epsilon(1e-6));
    CHECK(d->p == Approx(0.00283289).epsilon(1e-4));
}

TEST_CASE("independent means differ as Welch's t has it", "[measure][difference]") {
    auto const d = welchDifference(*meanEstimate(oneDrug), *meanEstimate(otherDrug), 0.95);
    CHECK(d.value == Approx(1.58));
    CHECK(d.low == Approx(-0.2054832).epsilon(1e-6));
    CHECK(d.high == Approx(3.3654832).epsilon(1e-6));
    CHECK(d.p == Approx(0.07939414).epsilon(1e-5));
}

TEST_CASE("pairs that are equal differ by exactly nothing", "[measure][difference]") {
    auto const d = pairedDifference({0.1, 0.2, 0.3}, {0.1, 0.2, 0.3}, 0.95);
    REQUIRE(d);
    CHECK(d->value == 0);
    CHECK(d->low == 0);
    CHECK(d->high == 0);
    CHECK(d->p == 1);
}

TEST_CASE("values without any spread are as sure as the sign test has it",
          "[measure][difference]") {
    // Ten times 0.1 is not 1 in binary: the mean must not make a difference out of rounding.
    auto const ten = meanEstimate(std::vector<double>(10, 0.1));
    auto const seven = meanEstimate(std::vector<double>(7, 0.1));
    auto const other = meanEstimate(std::vector<double>(7, 0.2));
    CHECK(ten->mean == 0.1);
    CHECK(ten->error == 0);
    CHECK(welchDifference(*ten, *seven, 0.95).value == 0);
    CHECK(welchDifference(*ten, *seven, 0.95).p == 1);
    auto const d = welchDifference(*ten, *other, 0.95);
    CHECK(d.p == Approx(1.0 / 64)); // seven
    CHECK(d.low == d.high);
    CHECK(pairedDifference({0, 0}, {0.2, 0.2}, 0.95)->p == 0.5);
}

TEST_CASE("of one side without spread only the other's degrees of freedom count",
          "[measure][difference]") {
    auto const d = welchDifference({5, 0, 99}, {6, 1, 4}, 0.95);
    CHECK(d.high - d.value == Approx(2.776445).epsilon(1e-6));
}

TEST_CASE("tiny values keep their degrees of freedom", "[measure][difference]") {
    auto const d = welchDifference({0, 1e-100, 9}, {0, 1e-100, 9}, 0.95);
    CHECK(d.high / 1e-100 == Approx(2.100922 * std::sqrt(2.0)).epsilon(1e-6)); // 18 degrees
}

TEST_CASE("fewer than two values say nothing of a mean's error", "[measure][difference]") {
    CHECK_FALSE(meanEstimate({}));
    CHECK_FALSE(meanEstimate({3}));
    CHECK_FALSE(pairedDifference({3}, {4}, 0.95));
    CHECK_THROWS_AS(pairedDifference({1, 2}, {1, 2, 3}, 0.95), BrokenInvariant);
}

TEST_CASE("nineteen of twenty intervals of a difference hold the true one",
          "[measure][difference]") {
    std::mt19937_64 random(7);
    constexpr int trials = 4000;
    int paired = 0;
    int welch = 0;
    for (int i = 0; i < trials; ++i) {
        auto const first = normals(random, 6, 5, 1);
        auto const second = normals(random, 6, 7, 4);
        auto const more = normals(random, 20, 7, 4);
        auto const p = pairedDifference(first, second, 0.95);
        auto const w = welchDifference(*meanEstimate(first), *meanEstimate(more), 0.95);
        paired += p->low <= 2 && 2 <= p->high ? 1 : 0;
        welch += w.low <= 2 && 2 <= w.high ? 1 : 0;
    }
    CHECK(paired / double(trials) == Approx(0.95).margin(0.012));
    CHECK(welch / double(trials) == Approx(0.95).margin(0.012));
}
