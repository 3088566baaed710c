#include <catch2/catch.hpp>

#include <array>

#include "chaos-agent/packets/ip_header.hpp"

using namespace shakedown::packets;

namespace {

template <std::size_t Size>
std::array<std::byte, Size> beginning(std::initializer_list<int> first) {
    std::array<std::byte, Size> bytes{};
    std::size_t i = 0;
    for (int const one : first) {
        bytes[i++] = static_cast<std::byte>(one);
    }
    return bytes;
}

} // namespace

TEST_CASE("the header of an IPv4 packet has its options", "[packets]") {
    auto const plain = beginning<60>({0x45, 0, 0, 60});
    CHECK(headerSize(plain) == 20);
    CHECK(ownLength(plain) == 60);
    CHECK(destinationOf(plain).data() == plain.data() + 16);
    CHECK(destinationOf(plain).size() == 4);
    CHECK(headerSize(beginning<60>({0x48})) == 32);
}

TEST_CASE("an IPv6 packet counts what is behind its header", "[packets]") {
    auto const packet = beginning<60>({0x60, 0, 0, 0, 0, 20});
    CHECK(headerSize(packet) == 40);
    CHECK(ownLength(packet) == 60);
    CHECK(destinationOf(packet).data() == packet.data() + 24);
    CHECK(destinationOf(packet).size() == 16);
    CHECK(ownLength(beginning<60>({0x60})) == 0); // a jumbogram says it elsewhere
}

TEST_CASE("what has no whole IP header has none", "[packets]") {
    CHECK(headerSize({}) == 0);
    CHECK(headerSize(beginning<19>({0x45})) == 0);
    CHECK(headerSize(beginning<20>({0x46})) == 0);
    CHECK(headerSize(beginning<60>({0x44})) == 0); // shorter than is allowed
    CHECK(headerSize(beginning<39>({0x60})) == 0);
    CHECK(headerSize(beginning<60>({0x75})) == 0);
    CHECK(ownLength(beginning<19>({0x45})) == 0);
    CHECK(destinationOf(beginning<19>({0x45})).empty());
}
