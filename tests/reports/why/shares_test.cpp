#include "reports/why/shares.hpp"

#include <catch2/catch.hpp>

#include <limits>

using namespace shakedown;
using namespace shakedown::why;

namespace {

constexpr FirstCause fault{CauseKind::Event, 0};
constexpr FirstCause operation{CauseKind::Event, 1};
constexpr FirstCause overload{CauseKind::Overload, 0};

} // namespace

TEST_CASE("a cause named twice is one entry", "[why][shares]") {
    Shares shares = Shares::of(fault, 0.25);
    shares.add(fault, 0.5);
    CHECK(shares.entries() == std::vector<Shares::Entry>{{fault, 0.75}});
}

TEST_CASE("the order of entries is that of the causes, not that of adding", "[why][shares]") {
    Shares one;
    one.add(overload, 1);
    one.add(fault, 2);
    one.add(operation, 3);
    Shares other;
    other.add(operation, 3);
    other.add(overload, 1);
    other.add(fault, 2);
    CHECK(one.entries() == other.entries());
    CHECK(one.entries().front().first == fault);
    CHECK(one.entries().back().first == overload);
}

TEST_CASE("weights that are not above zero are no entries", "[why][shares]") {
    Shares shares;
    shares.add(fault, 0);
    shares.add(fault, -1);
    shares.add(fault, std::numeric_limits<double>::quiet_NaN());
    shares.addOrdinary(-1);
    CHECK(shares.blamesNobody());
    CHECK(shares.total() == 0);
}

TEST_CASE("blame leaves what is ordinary aside and adds up to 1", "[why][shares]") {
    Shares shares = Shares::ordinarily(7);
    shares.add(fault, 1);
    shares.add(overload, 3);
    CHECK(shares.blame().weightOf(fault) == 0.25);
    CHECK(shares.blame().weightOf(overload) == 0.75);
    CHECK(shares.blame().total() == 1);
    CHECK(shares.ordinary() == 7);
}

TEST_CASE("normalised shares keep what is ordinary", "[why][shares]") {
    Shares shares = Shares::ordinarily(3);
    shares.add(fault, 1);
    CHECK(shares.normalised().ordinary() == 0.75);
    CHECK(shares.normalised().blamed() == 0.25);
}

TEST_CASE("who blames nobody blames nobody afterwards either", "[why][shares]") {
    CHECK(Shares().blame().blamesNobody());
    CHECK(Shares().normalised().total() == 0);
    CHECK(Shares::ordinarily().blame().total() == 0);
}

TEST_CASE("shares are added with a factor, the ordinary part too", "[why][shares]") {
    Shares shares = Shares::of(fault);
    Shares other = Shares::of(overload, 2);
    other.addOrdinary(4);
    shares.add(other, 0.5);
    CHECK(shares.weightOf(overload) == 1);
    CHECK(shares.ordinary() == 2);
    CHECK(shares.weightOf(operation) == 0);
}
