#include "reports/formats/epoch.hpp"

#include <catch2/catch.hpp>

using namespace shakedown;
using namespace shakedown::literals;
using namespace shakedown::formats;

TEST_CASE("a run begins a thousand million seconds after 1970", "[formats][epoch]") {
    CHECK(unixNanoseconds(SimTime()) == 1'000'000'000'000'000'000);
    CHECK(unixNanoseconds(SimTime::at(1_ns)) == 1'000'000'000'000'000'001);
    CHECK(dateText(SimTime()) == "2001-09-09T01:46:40.000000000Z");
}

TEST_CASE("a date carries over minutes, days and leap years", "[formats][epoch]") {
    CHECK(dateText(SimTime::at(20_s)) == "2001-09-09T01:47:00.000000000Z");
    CHECK(dateText(SimTime::at(Duration::seconds(80'000) + 5_ns))
          == "2001-09-10T00:00:00.000000005Z");
    // date -u -d @1078012800
    CHECK(dateText(SimTime::at(Duration::seconds(78'012'800))) == "2004-02-29T00:00:00.000000000Z");
    CHECK(dateText(SimTime::at(Duration::seconds(9'000'000'000)))
          == "2286-11-20T17:46:40.000000000Z");
}
