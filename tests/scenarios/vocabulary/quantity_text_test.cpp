#include "scenarios/vocabulary/quantity_text.hpp"

#include <catch2/catch.hpp>

using namespace shakedown;
using namespace shakedown::literals;

TEST_CASE("spans are written in the unit that makes them short", "[vocabulary][text]") {
    CHECK(toText(0_s) == "0s");
    CHECK(toText(250_ms) == "250ms");
    CHECK(toText(1500_ms) == "1.5s");
    CHECK(toText(60_s) == "60s");
    CHECK(toText(5_min) == "5m");
    CHECK(toText(120_min) == "2h");
    CHECK(toText(1_ns) == "1ns");
    CHECK(toText(1'000'001_ns) == "1.000001ms");
    CHECK(toText(-(1500_ms)) == "-1.5s");
    CHECK(toText(Duration::none()) == "none");
}

TEST_CASE("rates, sizes, bandwidths and shares are written with their unit", "[vocabulary][text]") {
    CHECK(toText(Rate::perSecond(20)) == "20/s");
    CHECK(toText(Rate::perSecond(0.5)) == "30/min");
    CHECK(toText(Rate::perSecond(0)) == "0/s");
    CHECK(toText(Bytes::of(4096)) == "4KiB");
    CHECK(toText(Bytes::of(1500)) == "1500B");
    CHECK(toText(Bandwidth::bitsPerSecond(1e9)) == "1Gbps");
    CHECK(toText(Bandwidth::bitsPerSecond(1.5e6)) == "1.5Mbps");
    CHECK(toText(Ratio::percent(5)) == "5%");
    CHECK(toText(Ratio::percent(0.1)) == "0.1%");
    CHECK(toText(Ratio::of(0)) == "0%");
}

TEST_CASE("numbers are written without exponent and without a negative zero",
          "[vocabulary][text]") {
    CHECK(toText(1e21) == "1000000000000000000000");
    CHECK(toText(0.1) == "0.1");
    CHECK(toText(-0.0) == "0");
    CHECK(toText(1e-7) == "0.0000001");
}
