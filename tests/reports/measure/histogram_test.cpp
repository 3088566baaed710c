#include "reports/measure/histogram.hpp"

#include <catch2/catch.hpp>

#include <algorithm>
#include <cmath>
#include <random>
#include <vector>

using namespace shakedown;
using namespace shakedown::literals;
using measure::Histogram;

namespace {

// Log-uniform over all magnitudes from 1 ns to about 146 years.
std::int64_t anyMagnitude(std::mt19937_64& random) {
    int const bits = static_cast<int>(random() % 62) + 1;
    return static_cast<std::int64_t>(random() >> (64 - bits));
}

bool same(Histogram const& a, Histogram const& b) {
    return a.cells() == b.cells() && a.count() == b.count() && a.min() == b.min()
           && a.max() == b.max();
}

std::int64_t nearestRank(std::vector<std::int64_t> const& sorted, double q) {
    auto const rank = static_cast<std::size_t>(std::ceil(q * static_cast<double>(sorted.size())));
    return sorted[std::max<std::size_t>(rank, 1) - 1];
}

} // namespace

TEST_CASE("a histogram keeps any duration to a thousandth", "[measure][histogram]") {
    std::mt19937_64 random(1);
    for (int i = 0; i < 20'000; ++i) {
        std::int64_t const value = anyMagnitude(random);
        Histogram h;
        h.record(Duration::nanoseconds(value));
        auto const cells = h.cells();
        REQUIRE(cells.size() == 1);
        double const off = std::abs(static_cast<double>(cells[0].first - value));
        CAPTURE(value);
        REQUIRE(off <= 0.001 * static_cast<double>(value));
    }
}

TEST_CASE("a histogram keeps durations below 1024 ns exactly", "[measure][histogram]") {
    for (std::int64_t n = 0; n < 1024; ++n) {
        Histogram h;
        h.record(Duration::nanoseconds(n));
        REQUIRE(h.cells().front().first == n);
    }
}

TEST_CASE("a negative duration counts as zero", "[measure][histogram]") {
    Histogram h;
    h.record(Duration::nanoseconds(-5));
    CHECK(h.max() == Duration());
    CHECK(h.mean() == Duration());
    CHECK(h.count() == 1);
}

TEST_CASE("an empty histogram answers zero", "[measure][histogram]") {
    Histogram const h;
    CHECK(h.empty());
    CHECK(h.quantile(0.99) == Duration());
    CHECK(h.mean() == Duration());
    CHECK(h.min() == Duration());
    CHECK(h.max() == Duration());
    CHECK(h.cells().empty());
}

TEST_CASE("a quantile is the nearest rank of the sorted values", "[measure][histogram]") {
    std::mt19937_64 random(2);
    for (std::size_t const size : {1U, 2U, 3U, 10U, 99U, 100U, 101U, 2000U}) {
        Histogram h;
        std::vector<std::int64_t> values;
        for (std::size_t i = 0; i < size; ++i) {
            values.push_back(anyMagnitude(random));
            h.record(Duration::nanoseconds(values.back()));
        }
        std::sort(values.begin(), values.end());
        for (double const q : {0.0, 0.25, 0.5, 0.9, 0.95, 0.99, 0.999, 1.0}) {
            CAPTURE(size, q);
            auto const expected = static_cast<double>(nearestRank(values, q));
            REQUIRE(static_cast<double>(h.quantile(q).count())
                    == Approx(expected).epsilon(0.001).margin(0));
        }
        CHECK(h.max().count() == values.back());
        CHECK(h.min().count() == values.front());
    }
}

TEST_CASE("the mean is the mean of the values, not of the cells", "[measure][histogram]") {
    Histogram h;
    h.record(Duration::nanoseconds(1'000'001));
    h.record(Duration::nanoseconds(1'000'003));
    CHECK(h.mean() == Duration::nanoseconds(1'000'002));
}

TEST_CASE("merged histograms are one that recorded everything", "[measure][histogram]") {
    std::mt19937_64 random(3);
    Histogram all;
    Histogram merged;
    for (int part = 0; part < 5; ++part) {
        Histogram h;
        for (int i = 0; i < 300; ++i) {
            auto const d = Duration::nanoseconds(anyMagnitude(random));
            h.record(d);
            all.record(d);
        }
        merged.merge(h);
    }
    CHECK(same(merged, all));
    CHECK(merged.sumNanoseconds() == Approx(all.sumNanoseconds()));
}

TEST_CASE("merging an empty histogram changes nothing", "[measure][histogram]") {
    Histogram h;
    h.record(3_ms);
    Histogram const before = h;
    h.merge(Histogram{});
    CHECK(same(h, before));
    Histogram fromNothing;
    fromNothing.merge(before);
    CHECK(same(fromNothing, before));
}

TEST_CASE("a histogram restored from its cells is the same", "[measure][histogram]") {
    std::mt19937_64 random(4);
    Histogram h;
    for (int i = 0; i < 1000; ++i) {
        h.record(Duration::nanoseconds(anyMagnitude(random)));
    }
    Histogram const back = Histogram::restore(h.cells(), h.sumNanoseconds(), h.min(), h.max());
    CHECK(same(back, h));
    CHECK(back.mean() == h.mean());
    CHECK(back.quantile(0.99) == h.quantile(0.99));
}

TEST_CASE("a cleared histogram is as good as new", "[measure][histogram]") {
    Histogram h;
    h.record(5_s);
    h.clear();
    CHECK(h.empty());
    h.record(7_ms);
    CHECK(h.min() == 7_ms);
    CHECK(h.max() == 7_ms);
    CHECK(h.cells().size() == 1);
}

TEST_CASE("a copy of a histogram lives its own life", "[measure][histogram]") {
    Histogram a;
    a.record(1_ms);
    Histogram b = a;
    b.record(2_ms);
    CHECK(a.count() == 1);
    a = b;
    CHECK(a.count() == 2);
    a = *&a;
    CHECK(a.count() == 2);
}
