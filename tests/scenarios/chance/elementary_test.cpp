#include "scenarios/chance/elementary.hpp"

#include <catch2/catch.hpp>

#include <cmath>
#include <limits>

#include "scenarios/chance/distribution.hpp"

using namespace shakedown::chance;

namespace {

// Distance in units of the last place of the reference.
double ulps(double value, double reference) {
    double const unit = std::nextafter(std::fabs(reference), 1e308) - std::fabs(reference);
    return std::fabs(value - reference) / unit;
}

double relative(double value, double reference) {
    return std::fabs(value - reference) / std::fabs(reference);
}

} // namespace

TEST_CASE("the logarithm is that of the standard library", "[chance][elementary]") {
    double worstRelative = 0;
    double worstNearOne = 0;
    auto const compare = [&](double x) {
        bool const isNearOne = x > 0.9 && x < 1.1;
        double const reference = std::log(x);
        worstNearOne =
            isNearOne ? std::max(worstNearOne, std::fabs(logarithm(x) - reference)) : worstNearOne;
        worstRelative =
            isNearOne ? worstRelative : std::max(worstRelative, relative(logarithm(x), reference));
    };
    for (int i = 1; i <= 400'000; ++i) {
        compare(i / 200'001.0);
    }
    for (double x = 1e-300; x < 1e300; x *= 1.37) {
        compare(x);
    }
    CHECK(worstNearOne < 4e-16);
    CHECK(worstRelative < 3e-15);
    CHECK(std::fabs(logarithm(1)) < 4e-16);
}

TEST_CASE("the exponential is that of the standard library within 4 ulp", "[chance][elementary]") {
    double worst = 0;
    for (double x = -699; x < 699; x += 0.0137) {
        worst = std::max(worst, ulps(exponential(x), std::exp(x)));
    }
    CHECK(worst <= 4);
    CHECK(exponential(0) == 1);
    CHECK(std::isfinite(exponential(1e6)));
    CHECK(exponential(-1e6) > 0);
}

TEST_CASE("a power is that of the standard library", "[chance][elementary]") {
    double worst = 0;
    for (double x = 0.001; x < 1000; x *= 1.31) {
        for (double y = -12; y <= 12; y += 0.37) {
            worst = std::max(worst, relative(power(x, y), std::pow(x, y)));
        }
    }
    CHECK(worst < 1e-13);
    CHECK(power(0, 2) == 0);
    CHECK(power(5, 0) == 1);
}

TEST_CASE("sine and cosine of a turn are those of the standard library", "[chance][elementary]") {
    double worst = 0;
    double const turn = 2 * std::acos(-1.0);
    for (double x = 0; x <= 1; x += 1e-4) {
        worst = std::max(worst, std::fabs(sineOfTurn(x) - std::sin(turn * x)));
        worst = std::max(worst, std::fabs(cosineOfTurn(x) - std::cos(turn * x)));
    }
    CHECK(worst < 1e-14);
}

TEST_CASE("the gamma function is that of the standard library", "[chance][elementary]") {
    double worst = 0;
    for (double x = 0.05; x <= 60; x += 0.05) {
        worst = std::max(worst, relative(gammaFunction(x), std::tgamma(x)));
    }
    CHECK(worst < 1e-10);
}

TEST_CASE("the normal quantile undoes the normal distribution function", "[chance][elementary]") {
    for (double const p : {1e-12, 1e-6, 0.01, 0.0749, 0.0751, 0.25, 0.5, 0.75, 0.99, 1 - 1e-6}) {
        CAPTURE(p);
        double const x = normalQuantile(p);
        CHECK(0.5 * std::erfc(-x / std::sqrt(2.0)) == Approx(p).epsilon(1e-8));
    }
    CHECK(normalQuantile(0.5) == 0);
    CHECK(normalQuantile(0.99) == Approx(2.3263478740408408).margin(1e-12));
}
