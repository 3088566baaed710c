#include "reports/render/quantity.hpp"

#include <catch2/catch.hpp>

using namespace shakedown::render;
using shakedown::model::ValueUnit;

TEST_CASE("a span has the unit that fits it and three digits", "[render][quantity]") {
    CHECK(spanText(0) == "0 s");
    CHECK(spanText(5e-9) == "5.00 ns");
    CHECK(spanText(12.34e-6) == "12.3 us");
    CHECK(spanText(0.187) == "187 ms");
    CHECK(spanText(2.341) == "2.34 s");
    CHECK(spanText(180) == "180 s");
    CHECK(spanText(12345) == "12300 s");
    CHECK(spanText(-0.5) == "-500 ms");
}

TEST_CASE("rounding up changes the unit", "[render][quantity]") {
    CHECK(spanText(0.9996) == "1.00 s");
    CHECK(spanText(0.9994) == "999 ms");
    CHECK(spanText(999.9e-9) == "1.00 us");
}

TEST_CASE("a share near one shows what is missing", "[render][quantity]") {
    CHECK(shareText(0) == "0 %");
    CHECK(shareText(0.1234) == "12.3 %");
    CHECK(shareText(0.000123) == "0.0123 %");
    CHECK(shareText(1) == "100 %");
    CHECK(shareText(0.9997) == "99.970 %");
    CHECK(shareText(0.999995) == "99.99950 %");
    CHECK(shareText(0.95) == "95.0 %");
    CHECK(shareText(2.5) == "250 %");
}

TEST_CASE("counts have separators, rates their unit", "[render][quantity]") {
    CHECK(countText(0) == "0");
    CHECK(countText(999) == "999");
    CHECK(countText(54000) == "54,000");
    CHECK(countText(1234567) == "1,234,567");
    CHECK(rateText(297.4) == "297/s");
    CHECK(rateText(0) == "0/s");
    CHECK(valueText(2.7, ValueUnit::Count) == "2.70");
    CHECK(valueText(3, ValueUnit::Count) == "3");
}

TEST_CASE("a value just beyond its limit does not look equal to it", "[render][quantity]") {
    auto const [value, limit] = beside(0.20003, 0.2, ValueUnit::Seconds);
    CHECK(value == "200.03 ms");
    CHECK(limit == "200 ms");
    auto const same = beside(0.2, 0.2, ValueUnit::Seconds);
    CHECK(same.value == "200 ms");
    auto const far = beside(0.1, 0.2, ValueUnit::Seconds);
    CHECK(far.value == "100 ms");
    auto const share = beside(0.0100001, 0.01, ValueUnit::Share);
    CHECK(share.value != share.limit);
    CHECK(share.limit == "1.00 %");
}
