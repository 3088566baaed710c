#include "reports/formats/lanes.hpp"

#include <catch2/catch.hpp>

#include <algorithm>
#include <random>

using namespace shakedown;
using namespace shakedown::formats;

namespace {

Stretch stretch(std::int64_t begin, std::int64_t end) {
    return {SimTime::atNanoseconds(begin), SimTime::atNanoseconds(end)};
}

} // namespace

TEST_CASE("what does not overlap shares a lane", "[formats][lanes]") {
    CHECK(lanesOf({stretch(0, 10), stretch(20, 30), stretch(40, 50)}, Duration::nanoseconds(1))
          == std::vector<std::size_t>{0, 0, 0});
}

TEST_CASE("what overlaps goes side by side, in whatever order it comes", "[formats][lanes]") {
    CHECK(lanesOf({stretch(5, 9), stretch(0, 10), stretch(8, 12)}, Duration())
          == std::vector<std::size_t>{1, 0, 2});
}

TEST_CASE("a lane keeps its gap", "[formats][lanes]") {
    std::vector<Stretch> const touching{stretch(0, 10), stretch(10, 20)};
    CHECK(lanesOf(touching, Duration()) == std::vector<std::size_t>{0, 0});
    CHECK(lanesOf(touching, Duration::nanoseconds(1)) == std::vector<std::size_t>{0, 1});
}

TEST_CASE("there are as many lanes as stretches at once", "[formats][lanes]") {
    std::mt19937_64 random(7);
    for (int round = 0; round < 50; ++round) {
        std::vector<Stretch> all;
        for (int i = 0; i < 200; ++i) {
            auto const begin = static_cast<std::int64_t>(random() % 1000);
            all.push_back(stretch(begin, begin + static_cast<std::int64_t>(random() % 50)));
        }
        auto const lanes = lanesOf(all, Duration::nanoseconds(1));
        for (std::size_t i = 0; i < all.size(); ++i) {
            for (std::size_t k = 0; k < i; ++k) {
                bool const meet = all[i].begin <= all[k].end && all[k].begin <= all[i].end;
                REQUIRE_FALSE((meet && lanes[i] == lanes[k]));
            }
        }
        std::size_t most = 0;
        for (auto const& a : all) {
            auto const here = std::count_if(all.begin(), all.end(), [&](Stretch const& b) {
                return b.begin <= a.begin && a.begin <= b.end;
            });
            most = std::max(most, static_cast<std::size_t>(here));
        }
        REQUIRE(*std::max_element(lanes.begin(), lanes.end()) + 1 == most);
    }
}
