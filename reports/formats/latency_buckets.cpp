#include "reports/formats/latency_buckets.hpp"

#include <array>
#include <utility>

namespace shakedown::formats {

namespace {

struct Bound {
    std::string_view text;
    Duration value;
};

constexpr Duration us(std::int64_t n) {
    return Duration::microseconds(n);
}

constexpr std::array bounds{
    Bound{"0.0001", us(100)},       Bound{"0.0002", us(200)},      Bound{"0.0005", us(500)},
    Bound{"0.001", us(1'000)},      Bound{"0.002", us(2'000)},     Bound{"0.005", us(5'000)},
    Bound{"0.01", us(10'000)},      Bound{"0.02", us(20'000)},     Bound{"0.05", us(50'000)},
    Bound{"0.1", us(100'000)},      Bound{"0.2", us(200'000)},     Bound{"0.5", us(500'000)},
    Bound{"1.0", us(1'000'000)},    Bound{"2.0", us(2'000'000)},   Bound{"5.0", us(5'000'000)},
    Bound{"10.0", us(10'000'000)},  Bound{"20.0", us(20'000'000)}, Bound{"50.0", us(50'000'000)},
    Bound{"100.0", us(100'000'000)}};

// Of the cell that a value falls into.
std::int64_t middleOf(Duration value) {
    measure::Histogram one;
    one.record(value);
    return one.cells().front().first;
}

} // namespace

std::vector<Bucket> bucketsOf(measure::Histogram const& histogram) {
    auto const cells = histogram.cells();
    std::vector<Bucket> buckets;
    std::size_t next = 0;
    std::uint64_t count = 0;
    for (Bound const& bound : bounds) {
        std::int64_t const last = middleOf(bound.value);
        for (; next < cells.size() && cells[next].first <= last; ++next) {
            count += cells[next].second;
        }
        buckets.push_back({bound.text, count});
    }
    buckets.push_back({"+Inf", histogram.count()});
    return buckets;
}

} // namespace shakedown::formats
