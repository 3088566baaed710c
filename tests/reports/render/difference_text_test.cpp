#include "reports/render/difference_text.hpp"

#include <catch2/catch.hpp>

using namespace shakedown;
using namespace shakedown::render;
using model::ValueUnit;
using summary::Difference;

namespace {

Difference difference(ValueUnit unit, double before, double now, summary::Bounds bounds) {
    Difference d;
    d.unit = unit;
    d.before = before;
    d.now = now;
    d.value = now - before;
    d.interval = bounds;
    return d;
}

} // namespace

TEST_CASE("a difference has its sign, its unit and how much that is of what was", "[render]") {
    CHECK(differenceText(difference(ValueUnit::Seconds, 0.020, 0.025, {})) == "+5.00 ms (+25.0 %)");
    CHECK(differenceText(difference(ValueUnit::PerSecond, 100, 80, {})) == "-20.0/s (-20.0 %)");
    CHECK(differenceText(difference(ValueUnit::Share, 0.1, 0.35, {})) == "+25.0 pp");
    CHECK(differenceText(difference(ValueUnit::PerSecond, 0, 80, {})) == "+80.0/s");
    CHECK(differenceText(difference(ValueUnit::Seconds, 0.02, 0.02, {})) == "0");
}

TEST_CASE("a side without a value has neither a number nor a difference", "[render]") {
    auto d = difference(ValueUnit::Seconds, 0.02, 0, {});
    d.now.reset();
    CHECK(sideText(d.before, d.unit) == "20.0 ms");
    CHECK(sideText(d.now, d.unit) == "-");
    CHECK(differenceText(d) == "-");
}

TEST_CASE("an interval has both its ends, none is a dash", "[render]") {
    auto d = difference(ValueUnit::Seconds, 0.020, 0.025, {-0.0001, 0.01});
    CHECK(intervalText(d) == "-100 us to +10.0 ms");
    d.interval.reset();
    CHECK(intervalText(d) == "-");
    CHECK(intervalText(difference(ValueUnit::Share, 0, 0, {0, 0})) == "0 to 0");
}

TEST_CASE("what may hide is told in its own measure", "[render]") {
    auto d = difference(ValueUnit::Seconds, 0.1, 0.1001, {-0.003, 0.001});
    d.change = summary::Change::Same;
    d.noticeable = 0.001;
    CHECK(hiddenText(d) == "3.00 %");
    auto share = difference(ValueUnit::Share, 0.1, 0.1, {-0.001, 0.004});
    share.change = summary::Change::Same;
    CHECK(hiddenText(share) == "0.400 pp");
}

TEST_CASE("the smallest change that counts is told as it was asked for", "[render]") {
    CHECK(noticeableText({}) == "1 % (shares: 0.1 pp)");
    CHECK(noticeableText({0.025, 0.01}) == "2.5 % (shares: 1 pp)");
}
