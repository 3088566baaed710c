#include <catch2/catch.hpp>

#include "chaos-agent/packets/held_packets.hpp"

using namespace shakedown;
using packets::HeldPackets;

namespace {

proxy::Instant at(int ms) {
    return proxy::Instant{} + std::chrono::milliseconds(ms);
}

} // namespace

TEST_CASE("packets go when they are due, those of one time as they came", "[packets]") {
    HeldPackets held({});
    CHECK(held.wakeAt() == proxy::never);
    CHECK(held.hold(1, 100, at(20)));
    CHECK(held.hold(2, 100, at(10)));
    CHECK(held.hold(3, 100, at(20)));
    CHECK(held.hold(4, 100, at(10)));
    CHECK(held.wakeAt() == at(10));
    CHECK_FALSE(held.next(at(9)));
    CHECK(held.next(at(10)) == 2U);
    CHECK(held.next(at(10)) == 4U);
    CHECK_FALSE(held.next(at(19)));
    CHECK(held.next(at(30)) == 1U);
    CHECK(held.next(at(30)) == 3U);
    CHECK_FALSE(held.next(at(30)));
}

TEST_CASE("no more packets are held than there is room for", "[packets]") {
    HeldPackets held({3, 1000});
    CHECK(held.hold(1, 400, at(1)));
    CHECK(held.hold(2, 400, at(2)));
    CHECK_FALSE(held.hold(3, 400, at(3))); // too many bytes
    CHECK(held.hold(4, 200, at(4)));
    CHECK_FALSE(held.hold(5, 0, at(5))); // too many packets
    CHECK(held.bytes() == 1000);
    CHECK(held.next(at(1)) == 1U);
    CHECK(held.bytes() == 600);
    CHECK(held.hold(6, 400, at(6)));
    CHECK(held.count() == 3);
}
