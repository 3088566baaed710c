#include "gui/theme/ticks.hpp"

#include <catch2/catch.hpp>

using shakedown::gui::tickStep;

TEST_CASE("steps of an axis are 1, 2 or 5 and few enough", "[gui][theme]") {
    CHECK(tickStep(8, 8) == Approx(1));
    CHECK(tickStep(9, 8) == Approx(2));
    CHECK(tickStep(30, 8) == Approx(5));
    CHECK(tickStep(0.03, 8) == Approx(0.005));
    CHECK(tickStep(41e6, 8) == Approx(1e7));
    for (double whole = 1e-6; whole < 1e9; whole *= 1.7) {
        double const step = tickStep(whole, 8);
        CHECK(whole / step <= 8.0001);
        CHECK(whole / step > 3);
    }
    CHECK(tickStep(0, 0) > 0);
}
