#include "reports/record/digest.hpp"

#include <catch2/catch.hpp>

#include <bitset>
#include <random>
#include <set>

using namespace shakedown::record;

namespace {

std::uint64_t digestOf(std::vector<std::uint64_t> const& words) {
    Digest digest;
    for (auto const word : words) {
        digest.mix(word);
    }
    return digest.value();
}

} // namespace

TEST_CASE("a digest is pinned: another value would break every recorded fingerprint",
          "[record][digest]") {
    CHECK(digestText(digestOf({})) == digestText(Digest{}.value()));
    CHECK(digestText(digestOf({1, 2, 3})) == "79a46ff8d4a96f3d");
}

TEST_CASE("a digest depends on every bit of every word and on their order", "[record][digest]") {
    std::vector<std::uint64_t> const words{5, 0, 7, 1ULL << 63, 9};
    std::set<std::uint64_t> seen{digestOf(words)};
    std::size_t expected = 1;
    for (std::size_t i = 0; i < words.size(); ++i) {
        for (int bit = 0; bit < 64; ++bit) {
            auto changed = words;
            changed[i] ^= 1ULL << bit;
            seen.insert(digestOf(changed));
            ++expected;
        }
    }
    CHECK(seen.size() == expected);
    CHECK(digestOf({1, 2}) != digestOf({2, 1}));
    CHECK(digestOf({0}) != digestOf({}));
    CHECK(digestOf({0, 0}) != digestOf({0}));
}

TEST_CASE("one bit changes half of the digest", "[record][digest]") {
    std::mt19937_64 random(1);
    double changed = 0;
    constexpr int trials = 2000;
    for (int i = 0; i < trials; ++i) {
        std::vector<std::uint64_t> words(8);
        for (auto& word : words) {
            word = random();
        }
        auto other = words;
        other[random() % 8] ^= 1ULL << (random() % 64);
        changed += static_cast<double>(std::bitset<64>(digestOf(words) ^ digestOf(other)).count());
    }
    CHECK(changed / trials == Approx(32).margin(1));
}

TEST_CASE("swapping neighbours of any distance shows", "[record][digest]") {
    for (std::size_t distance = 1; distance < 200; ++distance) {
        std::vector<std::uint64_t> words(256);
        for (std::size_t i = 0; i < words.size(); ++i) {
            words[i] = i;
        }
        auto swapped = words;
        std::swap(swapped[10], swapped[10 + distance]);
        REQUIRE(digestOf(words) != digestOf(swapped));
    }
}

TEST_CASE("the digest of replications depends on their order", "[record][digest]") {
    CHECK(combineDigests({1, 2, 3}) != combineDigests({3, 2, 1}));
    CHECK(combineDigests({1}) != 1);
}

TEST_CASE("a digest is written as 16 hex digits", "[record][digest]") {
    CHECK(digestText(0) == "0000000000000000");
    CHECK(digestText(0xfedcba9876543210) == "fedcba9876543210");
}
