#include "sim/world/key_law.hpp"

#include <cmath>
#include <vector>

#include <catch2/catch.hpp>

using namespace shakedown;
using world::KeyLaw;

namespace {

std::vector<int> drawn(KeyLaw const& law, std::uint64_t keys, int n) {
    chance::Stream const stream(7, 0, "keys");
    std::vector<int> counts(keys);
    for (int i = 0; i < n; ++i)
        ++counts.at(law.rank(stream.draw(static_cast<chance::Key>(i), 0)));
    return counts;
}

} // namespace

TEST_CASE("keys by Zipf's law have their shares", "[world][keys]") {
    double const exponent = GENERATE(0.0, 0.5, 0.9, 1.0, 1.5, 3.0);
    constexpr std::uint64_t keys = 20;
    constexpr int n = 200'000;
    double sum = 0;
    for (std::uint64_t r = 1; r <= keys; ++r)
        sum += std::pow(static_cast<double>(r), -exponent);
    auto const counts = drawn(KeyLaw(keys, exponent), keys, n);
    double chiSquare = 0;
    for (std::uint64_t r = 1; r <= keys; ++r) {
        double const expected = n * std::pow(static_cast<double>(r), -exponent) / sum;
        chiSquare += std::pow(counts[r - 1] - expected, 2) / expected;
    }
    INFO("exponent " << exponent);
    CHECK(chiSquare < 50.8); // 19 degrees of freedom, once in ten thousand
}

TEST_CASE("a law of a billion keys stays in its bounds", "[world][keys]") {
    chance::Stream const stream(7, 0, "keys");
    KeyLaw const law(1'000'000'000, 0.9);
    for (int i = 0; i < 100'000; ++i)
        REQUIRE(law.rank(stream.draw(static_cast<chance::Key>(i), 0)) < 1'000'000'000);
    KeyLaw const one(1, 2);
    CHECK(one.rank(stream.draw(1, 1)) == 0);
}
