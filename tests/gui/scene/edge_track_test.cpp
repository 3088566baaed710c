#include "gui/scene/edge_track.hpp"

#include <algorithm>
#include <cmath>

#include <catch2/catch.hpp>

using shakedown::gui::EdgeTrack;

namespace {

double between(QPointF a, QPointF b) {
    return std::hypot(a.x() - b.x(), a.y() - b.y());
}

} // namespace

TEST_CASE("equal shares of an edge are equal ways", "[gui][scene]") {
    EdgeTrack const track({0, 0}, {300, 400});
    CHECK(between(track.at(0), {0, 0}) < 1e-6);
    CHECK(between(track.at(1), {300, 400}) < 1e-6);
    CHECK(track.length() == Approx(track.path().length()).epsilon(0.01));
    double const step = track.length() / 20;
    for (int i = 0; i < 20; ++i)
        CHECK(between(track.at(i / 20.0), track.at((i + 1) / 20.0)) == Approx(step).epsilon(0.05));
    for (double const share : {0.2, 0.5, 0.77}) { // on the curve
        double nearest = 1e9;
        for (int i = 0; i <= 2000; ++i)
            nearest = std::min(nearest,
                               between(track.at(share), track.path().pointAtPercent(i / 2000.0)));
        CHECK(nearest < 0.5);
    }
}

TEST_CASE("an edge is near where it goes by", "[gui][scene]") {
    EdgeTrack const track({0, 0}, {200, 0});
    CHECK(track.distanceTo({100, 3}) == Approx(3).margin(0.01));
    CHECK(track.distanceTo({250, 0}) == Approx(50).margin(0.01));
    EdgeTrack const none({5, 5}, {5, 5});
    CHECK(std::isfinite(none.at(0.5).x()));
}

TEST_CASE("an edge is covered where another's box lies over it", "[gui][scene]") {
    EdgeTrack track({0, 0}, {200, 0});
    CHECK_FALSE(track.isCoveredAt(0.5));
    track.coverBy(QRectF(80, -20, 40, 40));
    CHECK(track.isCoveredAt(0.5));
    CHECK_FALSE(track.isCoveredAt(0.2));
    CHECK_FALSE(track.isCoveredAt(0.9));
}
