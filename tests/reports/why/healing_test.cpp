#include "reports/why/healing.hpp"

#include <catch2/catch.hpp>

#include <algorithm>

#include "tests/reports/why/shop_course.hpp"

using namespace shakedown;
using namespace shakedown::why;
using namespace shakedown::tests;

namespace {

bool says(Tale const& tale, std::string const& part) {
    return std::any_of(tale.lines.begin(), tale.lines.end(), [&](TaleLine const& line) {
        return line.text.find(part) != std::string::npos;
    });
}

// The slow autos, and then it never ends although the fault does.
ShopRecord neverHeals(record::Interval const& like) {
    ShopRecord r;
    r.until(10, calm()).begins(10, autosSlow).until(20, jammed()).ends(20, autosSlow);
    r.until(60, like);
    return r;
}

} // namespace

TEST_CASE("a run that stays down long after everything is over is metastable", "[why][healing]") {
    auto storm = jammed();
    storm.calls[visitorsToSite] = {100, 300, 200};
    auto const r = neverHeals(storm);
    auto const tale = tell(r.course());
    CHECK_FALSE(tale.healed);
    CHECK(tale.isMetastable);
    CHECK_FALSE(tale.toRecover);
    CHECK(tale.hurtUntil == sec(60));
    CHECK(tale.lines.back().text
          == "it has not healed when the run ends: 50 % still go wrong, 40.0 s after autos-slow "
             "ended; what keeps it down are retries of visitors -> site, 3.00 attempts a request");
}

TEST_CASE("a breaker that never closes again is what keeps a run down", "[why][healing]") {
    using record::BreakerState;
    ShopRecord r;
    r.until(10, calm()).begins(10, autosSlow).until(15, jammed());
    r.at(15, record::BreakerChanged{siteToAutos, 0, BreakerState::Closed, BreakerState::Open});
    r.until(20, jammed()).ends(20, autosSlow).until(60, jammed());
    CHECK(says(tell(r.course()), "; what keeps it down is the circuit breaker of site -> autos, "
                                 "open since 15.0 s"));
}

TEST_CASE("a run that is down at its end with its fault at work is not metastable",
          "[why][healing]") {
    ShopRecord r;
    r.until(10, calm()).begins(10, autosSlow).until(60, jammed());
    auto const tale = tell(r.course());
    CHECK_FALSE(tale.healed);
    CHECK_FALSE(tale.isMetastable);
    CHECK(tale.lines.back().text == "it has not healed when the run ends: 50 % still go wrong");
}

TEST_CASE("trouble without any event goes on to the end of the run", "[why][healing]") {
    ShopRecord r;
    r.until(20, jammed());
    auto const tale = tell(r.course());
    CHECK_FALSE(tale.toDetect);
    CHECK(tale.lines.back().text == "it goes on to the end of the run: 50 % still go wrong");
}

TEST_CASE("a record that is cut in the middle of the trouble has not healed", "[why][healing]") {
    ShopRecord r;
    r.until(10, calm()).begins(10, autosSlow).add(refusedAt(10.5)).until(14, jammed());
    auto const tale = tell(r.course());
    CHECK_FALSE(tale.healed);
    CHECK(tale.hurtUntil == sec(14));
}

TEST_CASE("intervals of many seconds end as short ones do", "[why][healing]") {
    auto const tellOf = [](int healsAt) {
        auto header = shopHeader();
        header.lasts = 400_s;
        header.interval = 5_s;
        Course course;
        course.begin(header);
        for (int second = 5; second <= 400; second += 5) {
            if (second == 105) {
                course.take({sec(100), record::EventBegan{autosSlow, {{autos, 0}}}});
            }
            if (second == 155) {
                course.take({sec(150), record::EventEnded{autosSlow}});
            }
            bool const hurts = second > 100 && second <= healsAt;
            course.take({sec(second), hurts ? jammed() : calm()});
        }
        return tell(course);
    };
    Tale const healed = tellOf(160);
    CHECK(healed.healed);
    CHECK(healed.hurtUntil == sec(160));
    CHECK(healed.toRecover == 10_s);
    Tale const never = tellOf(400);
    CHECK_FALSE(never.healed);
    CHECK(never.isMetastable);
}
