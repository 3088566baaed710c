#include "reports/measure/student.hpp"

#include <catch2/catch.hpp>

#include <cmath>
#include <limits>

#include "scenarios/vocabulary/require.hpp"

using namespace shakedown;
using namespace shakedown::measure;

TEST_CASE("Student's quantiles are those of the printed tables", "[measure][student]") {
    struct Row {
        double freedom;
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
          "[measure][student]") {
    for (double const p : {0.6, 0.75, 0.9, 0.99, 0.999999}) {
        CHECK(studentQuantile(p, 1) == Approx(std::tan(3.14159265358979323846 * (p - 0.5))));
        double const a = 2 * p - 1;
        CHECK(studentQuantile(p, 2) == Approx(a * std::sqrt(2 / (1 - a * a))).epsilon(1e-9));
        CHECK(studentQuantile(1 - p, 7) == Approx(-studentQuantile(p, 7)));
    }
    CHECK(studentQuantile(0.5, 3) == Approx(0).margin(1e-12));
}

TEST_CASE("both tails beyond a quantile hold what the quantile leaves", "[measure][student]") {
    for (double const freedom : {1.0, 2.0, 3.7, 9.0, 17.776, 99.0, 12345.0}) {
        for (double const p : {0.6, 0.9, 0.975, 0.9999}) {
            double const t = studentQuantile(p, freedom);
            CHECK(studentTails(t, freedom) == Approx(2 * (1 - p)).epsilon(1e-9));
            CHECK(studentTails(-t, freedom) == studentTails(t, freedom));
        }
    }
}

TEST_CASE("a broken number of degrees of freedom lies between the whole ones",
          "[measure][student]") {
    CHECK(studentQuantile(0.975, 4.5) < studentQuantile(0.975, 4));
    CHECK(studentQuantile(0.975, 4.5) > studentQuantile(0.975, 5));
}

TEST_CASE("no difference has all the probability, an infinite one none", "[measure][student]") {
    CHECK(studentTails(0, 3) == 1);
    CHECK(studentTails(std::numeric_limits<double>::infinity(), 3) == 0);
    CHECK(studentTails(-std::numeric_limits<double>::infinity(), 3) == 0);
}

TEST_CASE("what is no probability or no number of degrees is refused", "[measure][student]") {
    CHECK_THROWS_AS(studentQuantile(0, 3), BrokenInvariant);
    CHECK_THROWS_AS(studentQuantile(1, 3), BrokenInvariant);
    CHECK_THROWS_AS(studentQuantile(0.9, 0.5), BrokenInvariant);
    CHECK_THROWS_AS(studentTails(1, std::numeric_limits<double>::infinity()), BrokenInvariant);
    CHECK_THROWS_AS(studentTails(std::nan(""), 3), BrokenInvariant);
}
