#include "scenarios/chance/distribution.hpp"

#include <catch2/catch.hpp>

#include <algorithm>
#include <array>
#include <cmath>
#include <vector>

using namespace shakedown;
using namespace shakedown::chance;

namespace {

constexpr int draws = 200'000;

std::vector<double> sorted(Law const& law) {
    Stream const stream(20'240, 0, "distribution");
    std::vector<double> values;
    values.reserve(draws);
    for (Key i = 0; i < draws; ++i) {
        Draw draw = stream.draw(i, 0);
        values.push_back(sample(law, draw));
    }
    std::sort(values.begin(), values.end());
    return values;
}

double meanOf(std::vector<double> const& values) {
    double sum = 0;
    for (double const v : values) {
        sum += v;
    }
    return sum / static_cast<double>(values.size());
}

double squaredVariationOf(std::vector<double> const& values) {
    double const mean = meanOf(values);
    double sum = 0;
    for (double const v : values) {
        sum += (v - mean) * (v - mean);
    }
    return sum / static_cast<double>(values.size()) / (mean * mean);
}

// Each tenth of the law's probability holds a tenth of the draws: chi-square with 9 degrees of
// freedom, p = 1e-6.
double chiSquareOfTenths(std::vector<double> const& values, Distribution const& law) {
    double chiSquare = 0;
    auto from = values.begin();
    for (int tenth = 1; tenth <= 10; ++tenth) {
        auto const to = tenth == 10 ? values.end()
                                    : std::upper_bound(values.begin(), values.end(),
                                                       law.quantile(tenth / 10.0));
        double const expected = draws / 10.0;
        double const found = static_cast<double>(to - from);
        chiSquare += (found - expected) * (found - expected) / expected;
        from = to;
    }
    return chiSquare;
}

struct Case {
    char const* name;
    Law law;
    double mean;
    double squaredVariation;
};

std::vector<Case> continuousLaws() {
    return {
        {"exponential", Exponential{0.005}, 0.005, 1},
        {"uniform", Uniform{0.001, 0.004}, 0.0025, 0.12},
        {"normal", Normal{0.010, 0.002}, 0.010, 0.04},
        // Half of a normal law: mean sqrt(2 / pi), variance 1 - 2 / pi.
        {"normal about 0", Normal{0, 1}, 0.7978845608028654, 0.5707963267948966},
        // mean m + d phi(1) / Phi(1) for m = d = 1
        {"normal cut at 0", Normal{1, 1}, 1.2875999709391783, 0.3798064346922},
        {"lognormal", Lognormal{0.008, 0.5}, 0.008 * std::exp(0.125), std::exp(0.25) - 1},
        {"gamma of shape 4", Gamma{0.005, 0.5}, 0.005, 0.25},
        {"gamma of shape 1/4", Gamma{0.005, 2}, 0.005, 4},
        {"weibull", Weibull{0.010, 2}, 0.010 * std::sqrt(std::acos(-1.0)) / 2,
         4 / std::acos(-1.0) - 1},
        {"pareto", Pareto{0.010, 5}, 0.0125, 1.0 / 15},
        {"hyperexponential", Hyperexponential{{{0.9, 0.001}, {0.1, 0.020}}}, 0.0029,
         2 * (0.9 * 1e-6 + 0.1 * 4e-4) / (0.0029 * 0.0029) - 1},
    };
}

} // namespace

TEST_CASE("the mean and variation of a law are those of its formula", "[chance][distribution]") {
    for (auto const& one : continuousLaws()) {
        CAPTURE(one.name);
        CHECK(Distribution(one.law).mean() == Approx(one.mean).epsilon(1e-6));
        CHECK(Distribution(one.law).squaredVariation()
              == Approx(one.squaredVariation).epsilon(1e-5));
    }
}

TEST_CASE("draws have the mean and variation of their law", "[chance][distribution]") {
    for (auto const& one : continuousLaws()) {
        CAPTURE(one.name);
        auto const values = sorted(one.law);
        double const error = std::sqrt(one.squaredVariation / draws);
        CHECK(meanOf(values) == Approx(one.mean).epsilon(5 * error));
        CHECK(squaredVariationOf(values) == Approx(one.squaredVariation).epsilon(0.06));
        CHECK(values.front() >= 0);
    }
}

TEST_CASE("draws fall into the tenths of their law evenly", "[chance][distribution]") {
    for (auto const& one : continuousLaws()) {
        bool const isApproximated = std::string(one.name).starts_with("gamma");
        if (isApproximated) {
            continue; // its quantiles are approximate
        }
        CAPTURE(one.name);
        CHECK(chiSquareOfTenths(sorted(one.law), one.law) < 45);
    }
}

TEST_CASE("the quantiles of a gamma law are near those of its draws", "[chance][distribution]") {
    Distribution const law{Law(Gamma{0.005, 0.5})};
    auto const values = sorted(law.law());
    for (double const q : {0.1, 0.5, 0.9, 0.99}) {
        CAPTURE(q);
        CHECK(law.quantile(q) == Approx(values[static_cast<std::size_t>(q * draws)]).epsilon(0.02));
    }
}

TEST_CASE("a lognormal law given by its p99 has that p99", "[chance][distribution]") {
    Distribution const law{Law(lognormalFromP99(0.008, 0.060))};
    CHECK(law.quantile(0.5) == Approx(0.008).epsilon(1e-12));
    CHECK(law.quantile(0.99) == Approx(0.060).epsilon(1e-12));
    auto const values = sorted(law.law());
    CHECK(values[draws / 2] == Approx(0.008).epsilon(0.01));
    CHECK(values[draws / 100 * 99] == Approx(0.060).epsilon(0.03));
}

TEST_CASE("measured values are drawn with equal chance", "[chance][distribution]") {
    auto const measured = std::make_shared<std::vector<double> const>(
        std::vector<double>{0.004, 0.001, 0.003, 0.002});
    auto const values = sorted(Empirical{"measured.csv", measured});
    for (double const v : *measured) {
        auto const [from, to] = std::equal_range(values.begin(), values.end(), v);
        CHECK(static_cast<double>(to - from) == Approx(draws / 4.0).epsilon(0.02));
    }
    Distribution const law{Law(Empirical{"measured.csv", measured})};
    CHECK(law.mean() == Approx(0.0025));
    CHECK(law.quantile(0.99) == 0.004);
    CHECK(law.quantile(0.01) == 0.001);
}

TEST_CASE("a constant is itself", "[chance][distribution]") {
    auto const law = Distribution::constant(Duration::milliseconds(3));
    Stream const stream(1, 0, "a");
    CHECK(sampleDuration(law, stream, 5, 1) == Duration::milliseconds(3));
    CHECK(law.mean() == 0.003);
    CHECK(law.squaredVariation() == 0);
    CHECK(law.quantile(0.99) == 0.003);
    CHECK_FALSE(law.isZero());
    CHECK(Distribution().isZero());
}

TEST_CASE("laws at their edges draw numbers and not nonsense", "[chance][distribution]") {
    Law const laws[] = {Exponential{0},     Uniform{0.001, 0.001}, Normal{0.001, 0},
                        Normal{0, 0},       Lognormal{0.001, 0},   Gamma{0.001, 0},
                        Gamma{0, 1},        Gamma{0.001, 1000},    Weibull{0.001, 0.01},
                        Pareto{0.001, 0.1}, Hyperexponential{},    Empirical{},
                        Lognormal{1, 500}};
    Stream const stream(1, 0, "edges");
    for (auto const& law : laws) {
        CAPTURE(law.index());
        for (Key i = 0; i < 1'000; ++i) {
            Draw draw = stream.draw(i, 0);
            double const value = sample(law, draw);
            CHECK((value >= 0 && !std::isnan(value)));
        }
        CHECK_FALSE(std::isnan(Distribution(law).mean()));
        CHECK_FALSE(std::isnan(Distribution(law).squaredVariation()));
        CHECK_FALSE(std::isnan(Distribution(law).quantile(0.5)));
    }
}

TEST_CASE("a heavy tail has no mean or no variance", "[chance][distribution]") {
    CHECK(std::isinf(Distribution(Law(Pareto{1, 1})).mean()));
    CHECK(std::isinf(Distribution(Law(Pareto{1, 2})).squaredVariation()));
    CHECK(std::isfinite(Distribution(Law(Pareto{1, 2})).mean()));
}
