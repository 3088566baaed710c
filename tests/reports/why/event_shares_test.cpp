#include "reports/why/event_shares.hpp"

#include <catch2/catch.hpp>

#include "tests/reports/why/shop_course.hpp"

using namespace shakedown;
using namespace shakedown::why;
using namespace shakedown::tests;

TEST_CASE("two events that touch the same workers share evenly", "[why][events]") {
    Shares shares;
    addEvents(shares, {autosSlow, rollOut}, 3);
    CHECK(shares.weightOf(event(autosSlow)) == 1.5);
    CHECK(shares.weightOf(event(rollOut)) == 1.5);
    addEvents(shares, {}, 1);
    CHECK(shares.total() == 3);
}

TEST_CASE("a number that somebody set is his doing, before that a mistake", "[why][events]") {
    ShopRecord r;
    r.until(5, calm()).begins(5, retune).ends(5, retune).until(10, calm());
    FirstCause const tooShort{CauseKind::ShortQueue, site};
    CHECK(configured(r.course(), tooShort, sec(4)).weightOf(tooShort) == 1);
    auto const after = configured(r.course(), tooShort, sec(6));
    CHECK(after.weightOf(tooShort) == 0);
    CHECK(after.weightOf(event(retune)) == 1);
}
