#include <catch2/catch.hpp>

#include <algorithm>
#include <array>
#include <cmath>
#include <vector>

#include "chaos-agent/packets/disturbance.hpp"
#include "chaos-agent/packets/rate.hpp"

// What becomes of packets, decided without any.
using namespace shakedown;
using namespace shakedown::packets;

namespace {

constexpr std::size_t header = 20;
constexpr std::size_t length = 120;

std::array<std::byte, length> ipv4() {
    std::array<std::byte, length> bytes{};
    bytes[0] = std::byte{0x45};
    bytes[3] = std::byte{length};
    return bytes;
}

// Fates of packets that come in 1 ms apart.
std::vector<Fate> fatesOf(Disturbance const& what, int count, std::uint64_t seed = 7) {
    auto const decider = makeDecider(what, chance::Stream(seed, 0, "orders/in"));
    auto const bytes = ipv4();
    std::vector<Fate> fates;
    proxy::Instant now{std::chrono::hours(1)};
    for (int i = 0; i < count; ++i) {
        Packet packet;
        packet.length = length;
        packet.bytes = bytes;
        fates.push_back(decider->fateOf(packet, now));
        now += std::chrono::milliseconds(1);
    }
    return fates;
}

template <class Condition>
double shareOf(std::vector<Fate> const& fates, Condition const& condition) {
    return static_cast<double>(std::count_if(fates.begin(), fates.end(), condition))
           / static_cast<double>(fates.size());
}

// Four standard deviations.
double spread(double share, int count) {
    return 4 * std::sqrt(share * (1 - share) / count);
}

} // namespace

TEST_CASE("a delay without jitter is the same for all", "[packets]") {
    for (auto const& fate : fatesOf(Delay{Duration::milliseconds(100), Duration(), 0}, 100)) {
        CHECK(fate.wait == Duration::milliseconds(100));
        CHECK_FALSE(fate.isLost);
        CHECK_FALSE(fate.isDoubled);
        CHECK_FALSE(fate.turnedBit);
    }
}

TEST_CASE("jitter is uniform about the delay, whatever its correlation", "[packets]") {
    auto const correlation = GENERATE(0.0, 0.5, 0.9);
    constexpr int count = 100'000;
    auto const fates =
        fatesOf(Delay{Duration::milliseconds(100), Duration::milliseconds(20), correlation}, count);
    double sum = 0;
    double squares = 0;
    double products = 0;
    for (std::size_t i = 0; i + 1 < fates.size(); ++i) {
        double const one = fates[i].wait.inSeconds() * 1000 - 100;
        double const next = fates[i + 1].wait.inSeconds() * 1000 - 100;
        CHECK(std::abs(one) <= 20);
        sum += one;
        squares += one * one;
        products += one * next;
    }
    constexpr double variance = 40.0 * 40 / 12;
    // Correlated draws tell as much as fewer independent ones.
    double const slack = std::sqrt((1 + correlation) / (1 - correlation));
    CHECK(sum / count == Approx(0).margin(4 * std::sqrt(variance / count) * slack));
    CHECK(squares / count == Approx(variance).epsilon(0.02 * slack));
    CHECK(products / squares == Approx(correlation).margin(0.02));
}

TEST_CASE("jitter beyond the delay takes no packet back in time", "[packets]") {
    for (auto const& fate :
         fatesOf(Delay{Duration::milliseconds(1), Duration::milliseconds(20), 0}, 1000)) {
        CHECK(fate.wait >= Duration());
    }
}

TEST_CASE("shares are met", "[packets]") {
    constexpr int count = 50'000;
    CHECK(shareOf(fatesOf(Duplicate{0.05}, count), [](Fate const& f) { return f.isDoubled; })
          == Approx(0.05).margin(spread(0.05, count)));
    CHECK(shareOf(fatesOf(Corrupt{0.05}, count),
                  [](Fate const& f) { return f.turnedBit.has_value(); })
          == Approx(0.05).margin(spread(0.05, count)));
    auto const reordered = fatesOf(Reorder{0.25, Duration::milliseconds(10)}, count);
    CHECK(shareOf(reordered, [](Fate const& f) { return f.wait == Duration(); })
          == Approx(0.25).margin(spread(0.25, count)));
    CHECK(shareOf(reordered, [](Fate const& f) { return f.wait == Duration::milliseconds(10); })
          == Approx(0.75).margin(spread(0.25, count)));
    CHECK(shareOf(fatesOf(Duplicate{1}, 1000), [](Fate const& f) { return f.isDoubled; }) == 1);
}

TEST_CASE("every bit behind the header is turned alike, none of the header", "[packets]") {
    constexpr std::size_t bits = 8 * (length - header);
    constexpr int count = 80'000;
    std::array<int, 8 * length> turned{};
    for (auto const& fate : fatesOf(Corrupt{1}, count)) {
        REQUIRE(fate.turnedBit);
        REQUIRE(*fate.turnedBit < turned.size());
        ++turned[*fate.turnedBit];
    }
    for (std::size_t bit = 0; bit < 8 * header; ++bit) {
        CHECK(turned[bit] == 0);
    }
    // Chi squared of 799 degrees: five standard deviations.
    double chi = 0;
    constexpr double expected = static_cast<double>(count) / bits;
    for (std::size_t bit = 8 * header; bit < turned.size(); ++bit) {
        chi += (turned[bit] - expected) * (turned[bit] - expected) / expected;
    }
    CHECK(std::abs(chi - (bits - 1)) < 5 * std::sqrt(2.0 * (bits - 1)));
}

TEST_CASE("what is not seen whole, or has nothing behind its header, is not corrupted",
          "[packets]") {
    auto const decider = makeDecider(Corrupt{1}, chance::Stream(1, 0, "x"));
    auto const bytes = ipv4();
    Packet part;
    part.length = length;
    part.bytes = std::span(bytes).first(100);
    CHECK_FALSE(decider->fateOf(part, {}).turnedBit);
    Packet empty;
    empty.length = header;
    empty.bytes = std::span(bytes).first(header);
    CHECK_FALSE(decider->fateOf(empty, {}).turnedBit);
}

TEST_CASE("a rate lets packets leave one after another", "[packets]") {
    // A packet of 120 bytes each ms is 120 kB/s; half of it passes.
    auto const fates = fatesOf(packets::Rate{Bytes::of(60'000)}, 400);
    CHECK(fates[0].wait == Duration()); // the bucket is full
    for (std::size_t i = 2; i < 400; ++i) {
        // Each takes 2 ms, and comes 1 ms after the one before.
        CHECK((fates[i].wait - fates[i - 1].wait) / Duration::milliseconds(1) == Approx(1));
    }
}

TEST_CASE("what would wait longer than half a second for its rate is lost", "[packets]") {
    auto const fates = fatesOf(packets::Rate{Bytes::of(60'000)}, 3000);
    CHECK(shareOf(fates, [](Fate const& f) { return f.isLost; })
          == Approx(0.5 - 0.5 / 6).margin(0.01));
    for (auto const& fate : fates) {
        CHECK(fate.wait <= RateDecider::patience + Duration::milliseconds(2));
    }
}

TEST_CASE("the same seed gives the same fates, another one others", "[packets]") {
    Disturbance const what = Delay{Duration::milliseconds(10), Duration::milliseconds(5), 0.3};
    auto const one = fatesOf(what, 200, 1);
    auto const same = fatesOf(what, 200, 1);
    auto const other = fatesOf(what, 200, 2);
    int differing = 0;
    for (std::size_t i = 0; i < one.size(); ++i) {
        CHECK(one[i].wait == same[i].wait);
        differing += one[i].wait == other[i].wait ? 0 : 1;
    }
    CHECK(differing > 190);
}
