#include "reports/measure/holm.hpp"

#include <catch2/catch.hpp>

#include <algorithm>
#include <random>

using namespace shakedown::measure;

TEST_CASE("Holm's adjustment takes the smallest times all, the next times all but one",
          "[measure][holm]") {
    auto const adjusted = holmAdjusted({0.01, 0.04, 0.03, 0.005});
    REQUIRE(adjusted.size() == 4);
    CHECK(adjusted[3] == Approx(0.02));
    CHECK(adjusted[0] == Approx(0.03));
    CHECK(adjusted[2] == Approx(0.06));
    CHECK(adjusted[1] == Approx(0.06)); // not 0.04: a step down ends at the first that fails
}

TEST_CASE("an adjusted p-value stays a probability, and no test stays no test", "[measure][holm]") {
    CHECK(holmAdjusted({}).empty());
    CHECK(holmAdjusted({0.3}) == std::vector<double>{0.3});
    CHECK(holmAdjusted({1, 0.9, 1}) == std::vector<double>{1, 1, 1});
    CHECK(holmAdjusted({0, 0, 0.5}) == std::vector<double>{0, 0, 0.5});
}

TEST_CASE("of twenty true hypotheses at once none is rejected in 19 of 20 trials",
          "[measure][holm]") {
    std::mt19937_64 random(3);
    std::uniform_real_distribution<double> uniform(0, 1);
    constexpr int trials = 4000;
    int wrong = 0;
    for (int i = 0; i < trials; ++i) {
        std::vector<double> p(20);
        for (double& v : p) {
            v = uniform(random);
        }
        auto const adjusted = holmAdjusted(p);
        wrong += *std::min_element(adjusted.begin(), adjusted.end()) < 0.05 ? 1 : 0;
    }
    CHECK(wrong / double(trials) == Approx(0.05).margin(0.012));
}
