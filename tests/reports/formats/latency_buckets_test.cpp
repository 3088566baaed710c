#include "reports/formats/latency_buckets.hpp"

#include <catch2/catch.hpp>

#include <map>
#include <string>

using namespace shakedown;
using namespace shakedown::literals;
using namespace shakedown::formats;

namespace {

std::map<std::string, std::uint64_t> counts(measure::Histogram const& histogram) {
    std::map<std::string, std::uint64_t> byBound;
    for (auto const& [bound, count] : bucketsOf(histogram)) {
        byBound[std::string(bound)] = count;
    }
    return byBound;
}

} // namespace

TEST_CASE("a latency at a bound is among those that do not exceed it",
          "[formats][latency-buckets]") {
    measure::Histogram h;
    h.record(10_ms);
    h.record(10_ms);
    auto const byBound = counts(h);
    CHECK(byBound.at("0.005") == 0);
    CHECK(byBound.at("0.01") == 2);
    CHECK(byBound.at("100.0") == 2);
    CHECK(byBound.at("+Inf") == 2);
}

TEST_CASE("a latency half a percent above a bound exceeds it", "[formats][latency-buckets]") {
    measure::Histogram h;
    h.record(Duration::microseconds(10'050));
    CHECK(counts(h).at("0.01") == 0);
    CHECK(counts(h).at("0.02") == 1);
}

TEST_CASE("what is beyond the last bound stands in +Inf only", "[formats][latency-buckets]") {
    measure::Histogram h;
    h.record(Duration::seconds(101));
    CHECK(counts(h).at("100.0") == 0);
    CHECK(counts(h).at("+Inf") == 1);
    CHECK(counts({}).at("+Inf") == 0);
}
