#include "reports/why/beats.hpp"

#include <catch2/catch.hpp>

#include "tests/reports/why/shop_course.hpp"

using namespace shakedown;
using namespace shakedown::why;
using namespace shakedown::tests;

TEST_CASE("beats are seconds, of one load or of all", "[why][beats]") {
    auto both = jammed();
    both.loads[buyers] = {50, 10, 0, 0, 40, 0, 10, {}, {}, {}};
    ShopRecord r;
    r.until(2, both);
    auto const all = beatsOf(r.course(), std::nullopt);
    REQUIRE(all.size() == 2);
    CHECK(all[1].begin == sec(1));
    CHECK(all[1].ended == 150);
    CHECK(all[1].bad == 90);
    CHECK(beatsOf(r.course(), buyers)[0].share() == Approx(0.8));
    CHECK(Beat().share() == 0);
}

TEST_CASE("what is ordinary is what was bad between the warm-up and the first event",
          "[why][beats]") {
    auto header = shopHeader();
    header.warmup = 2_s;
    ShopRecord r(header);
    r.until(2, jammed(90)).until(6, jammed(10)).begins(6, autosSlow).until(10, jammed(80));
    auto const beats = beatsOf(r.course(), visitors);
    CHECK(ordinaryShare(beats, r.course()) == Approx(0.1));
    ShopRecord quiet;
    quiet.until(5, jammed());
    CHECK(ordinaryShare(beatsOf(quiet.course(), visitors), quiet.course()) == 0); // no event
}
