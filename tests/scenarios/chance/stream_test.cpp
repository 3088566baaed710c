#include "scenarios/chance/stream.hpp"

#include <catch2/catch.hpp>

#include <array>
#include <cstdint>
#include <set>
#include <vector>

using namespace shakedown::chance;

namespace {

// The upper half of a product, by halves.
std::uint64_t upperHalf(std::uint64_t a, std::uint64_t b) {
    constexpr std::uint64_t low = 0xffffffffULL;
    std::uint64_t const cross = (a >> 32U) * (b & low) + (((a & low) * (b & low)) >> 32U);
    std::uint64_t const other = (a & low) * (b >> 32U) + (cross & low);
    return (a >> 32U) * (b >> 32U) + (cross >> 32U) + (other >> 32U);
}

// Philox 2x64 written again from the paper (Salmon et al., SC'11).
std::array<std::uint64_t, 2> philox(std::uint64_t left, std::uint64_t right, std::uint64_t key,
                                    int rounds) {
    constexpr std::uint64_t multiplier = 0xD2B74407B1CE6E93ULL;
    for (int i = 0; i < rounds; ++i) {
        std::uint64_t const high = upperHalf(multiplier, left);
        std::uint64_t const low = multiplier * left;
        left = high ^ key ^ right;
        right = low;
        key += 0x9E3779B97F4A7C15ULL;
    }
    return {left, right};
}

Words wordsOf(Stream const& stream, std::uint64_t key, std::uint64_t step) {
    return stream.words(key, step);
}

} // namespace

TEST_CASE("Philox gives the known answers of Random123", "[chance][stream]") {
    struct Known {
        std::uint64_t left, right, key;
        int rounds;
        std::array<std::uint64_t, 2> answer;
    };
    constexpr std::uint64_t all = ~std::uint64_t{0};
    Known const known[] = {
        {0, 0, 0, 7, {0xb41da69fbfefc666, 0x511e9ce1a5534056}},
        {all, all, all, 7, {0xa4696cc04462015d, 0x724782dae17169e9}},
        {0x243f6a8885a308d3,
         0x13198a2e03707344,
         0xa4093822299f31d0,
         7,
         {0x98ed1534392bf372, 0x67528b1568882fd5}},
        {0, 0, 0, 10, {0xca00a0459843d731, 0x66c24222c9a845b5}},
        {all, all, all, 10, {0x65b021d60cd8310f, 0x4d02f3222f86df20}},
        {0x243f6a8885a308d3,
         0x13198a2e03707344,
         0xa4093822299f31d0,
         10,
         {0x0a5e742c2997341c, 0xb0f883d38000de5d}},
    };
    for (auto const& one : known) {
        CHECK(philox(one.left, one.right, one.key, one.rounds) == one.answer);
    }
}

TEST_CASE("a stream is Philox with 7 rounds, keyed by seed, replication and name",
          "[chance][stream]") {
    Stream const stream(7, 3, "orders/work");
    auto const key = mixKey(mixKey(mixKey(7, 0), 3), hashName("orders/work"));
    for (std::uint64_t step : {0ULL, 1ULL, 99ULL}) {
        auto const answer = philox(41, step, key, 7);
        CHECK(stream.words(41, step).first == answer[0]);
        CHECK(stream.words(41, step).second == answer[1]);
    }
}

TEST_CASE("a draw depends on stream, request, step and attempt only", "[chance][stream]") {
    Stream const stream(1, 0, "a");
    auto const alone = wordsOf(stream, mixKey(5, 2), 3).first;
    std::vector<Stream> others;
    for (int i = 0; i < 100; ++i) {
        others.emplace_back(1, 0, "other" + std::to_string(i));
        others.back().uniform(static_cast<Key>(i), 0);
        stream.uniform(static_cast<Key>(i), 7);
    }
    CHECK(wordsOf(stream, mixKey(5, 2), 3).first == alone);
    CHECK(wordsOf(Stream(1, 0, "a"), mixKey(5, 2), 3).first == alone);
}

TEST_CASE("another seed, replication, name, request, step or attempt gives another draw",
          "[chance][stream]") {
    std::set<std::uint64_t> seen;
    for (std::uint64_t seed : {1, 2}) {
        for (std::uint32_t replication : {0U, 1U}) {
            for (char const* name : {"a", "b", "a/work"}) {
                for (Key request : {0, 1}) {
                    for (std::uint64_t attempt : {0, 1}) {
                        for (std::uint64_t step : {0, 1}) {
                            Stream const stream(seed, replication, name);
                            seen.insert(stream.words(mixKey(request, attempt), step).first);
                        }
                    }
                }
            }
        }
    }
    CHECK(seen.size() == 2 * 2 * 3 * 2 * 2 * 2);
}

TEST_CASE("a draw that needs many numbers touches no other draw", "[chance][stream]") {
    Stream const stream(1, 0, "a");
    Draw draw = stream.draw(9, 4);
    std::set<double> numbers;
    for (int i = 0; i < 200; ++i) {
        numbers.insert(draw.uniform());
    }
    CHECK(numbers.size() == 200);
    for (std::uint64_t step = 0; step < 50; ++step) {
        Draw other = stream.draw(9, step);
        double const first = other.uniform();
        CHECK(numbers.contains(first) == (step == 4));
    }
}

TEST_CASE("a number is never 0 or 1", "[chance][stream]") {
    CHECK(Stream::toUnit(0) > 0);
    CHECK(Stream::toUnit(~std::uint64_t{0}) < 1);
    CHECK(Stream::toUnit(std::uint64_t{1} << 63U) == Approx(0.5).margin(1e-15));
}

TEST_CASE("numbers of a stream are uniform and those of two streams independent",
          "[chance][stream]") {
    // Chi-square over 64 cells, and over 8 x 8 cells of pairs; 63 degrees of freedom, p = 1e-6.
    constexpr double limit = 132;
    constexpr int draws = 200'000;
    Stream const a(1, 0, "a");
    Stream const b(1, 0, "b");
    std::array<int, 64> single{};
    std::array<int, 64> pairs{};
    for (Key i = 0; i < draws; ++i) {
        double const x = a.uniform(i, 0);
        double const y = b.uniform(i, 0);
        ++single[static_cast<std::size_t>(x * 64)];
        ++pairs[static_cast<std::size_t>(x * 8) * 8 + static_cast<std::size_t>(y * 8)];
    }
    for (auto const* cells : {&single, &pairs}) {
        double chiSquare = 0;
        for (int const count : *cells) {
            double const expected = draws / 64.0;
            chiSquare += (count - expected) * (count - expected) / expected;
        }
        CHECK(chiSquare < limit);
    }
}
