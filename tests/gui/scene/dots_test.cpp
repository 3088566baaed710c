#include "gui/scene/dots.hpp"

#include <catch2/catch.hpp>

#include "tests/gui/session/recorded.hpp"

using namespace shakedown;
using gui::Dots;
using gui::Traffic;

namespace {

Traffic at(double rate, double trouble = 0, Duration latency = Duration::milliseconds(10)) {
    return {rate, trouble, latency};
}

int badOf(Dots const& dots, std::size_t edge) {
    int bad = 0;
    for (int i = 0; i < dots.on(edge); ++i)
        bad += dots.isBad(edge, i) ? 1 : 0;
    return bad;
}

} // namespace

TEST_CASE("more requests are more dots on one scale", "[gui][scene]") {
    Dots dots;
    dots.setEdges({200, 200, 200, 200});
    dots.setTraffic({at(100), at(50), at(1), at(0)});
    CHECK(dots.perDot() > 0);
    CHECK(dots.on(0) == 2 * dots.on(1));
    CHECK(dots.on(2) == 1);
    CHECK(dots.on(3) == 0);
    CHECK(dots.total() <= 24);
    CHECK(dots.total() >= 8);
    // Twice as long, as dense.
    Dots longer;
    longer.setEdges({400, 200, 200, 200});
    longer.setTraffic({at(50), at(50), at(1), at(0)});
    CHECK(longer.on(0) == 2 * longer.on(1));
}

TEST_CASE("the scale follows the traffic, but not every breath of it", "[gui][scene]") {
    Dots dots;
    dots.setEdges(std::vector<double>(100, 200));
    dots.setTraffic(std::vector<Traffic>(100, at(40)));
    double const before = dots.perDot();
    CHECK(dots.total() <= 550);
    CHECK(dots.total() >= 200);
    dots.setTraffic(std::vector<Traffic>(100, at(47)));
    CHECK(dots.perDot() == before);
    dots.setTraffic(std::vector<Traffic>(100, at(40'000)));
    CHECK(dots.perDot() > 100 * before);
    CHECK(dots.total() <= 550);
    dots.setTraffic(std::vector<Traffic>(100, at(40)));
    CHECK(dots.perDot() == before);
}

TEST_CASE("dots of slow calls go slower", "[gui][scene]") {
    Dots dots;
    dots.setEdges({200, 200});
    dots.setTraffic({at(50, 0, Duration::milliseconds(1)), at(50, 0, Duration::seconds(2))});
    double const fast = dots.shareOf(0, 0);
    double const slow = dots.shareOf(1, 0);
    dots.step(0.04);
    CHECK(dots.shareOf(0, 0) - fast > 3 * (dots.shareOf(1, 0) - slow));
    CHECK(dots.shareOf(1, 0) > slow);
    dots.step(-0.04);
    CHECK(dots.shareOf(0, 0) == Approx(fast));
}

TEST_CASE("a share of the dots fails, each until it has arrived", "[gui][scene]") {
    Dots dots;
    dots.setEdges({2000});
    dots.setTraffic({at(100, 0.4)});
    int const all = dots.on(0);
    REQUIRE(all >= 5);
    CHECK(badOf(dots, 0) == std::lround(0.4 * all));
    // Step by step to the next place: who is there now was one place before.
    for (int lap = 0; lap < 3; ++lap) {
        std::vector<bool> before;
        for (int i = 0; i < all; ++i)
            before.push_back(dots.isBad(0, i));
        double share = dots.shareOf(0, 0);
        int steps = 0;
        do {
            share = dots.shareOf(0, 0);
            dots.step(0.002);
        } while (dots.shareOf(0, 0) > share && ++steps < 10'000);
        REQUIRE(steps < 10'000);
        for (int i = 1; i < all; ++i)
            CHECK(dots.isBad(0, i) == before[static_cast<std::size_t>(i - 1)]);
        CHECK(badOf(dots, 0) == std::lround(0.4 * all));
    }
}

TEST_CASE("the traffic of a call is that of its last second", "[gui][scene]") {
    auto const run = tests::runOf(tests::recordOf(tests::cascade));
    auto const& index = run->index();
    auto const at5 = SimTime::at(Duration::seconds(5));
    auto const traffic = gui::trafficAt(index, at5);
    REQUIRE(traffic.size() == index.routes().size());
    for (std::size_t call = 0; call < traffic.size(); ++call) {
        double attempts = 0;
        for (std::size_t i = 0; i < index.intervalEnds().size(); ++i)
            if (index.intervalEnds()[i] > at5 - Duration::seconds(1)
                && index.intervalEnds()[i] <= at5)
                attempts += index.interval(i).calls[call].attempts;
        CHECK(traffic[call].rate == Approx(attempts).epsilon(0.02));
        CHECK(traffic[call].trouble < 0.05);
        CHECK(traffic[call].latency < Duration::milliseconds(200));
    }
    // Slow: what waits takes longer.
    CHECK(gui::trafficAt(index, SimTime::at(Duration::seconds(11)))[0].trouble > 0.3);
}
