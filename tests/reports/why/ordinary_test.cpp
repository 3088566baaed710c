#include "reports/why/ordinary.hpp"

#include <catch2/catch.hpp>

#include "reports/why/call_order.hpp"
#include "tests/reports/why/shop_course.hpp"

using namespace shakedown;
using namespace shakedown::why;
using namespace shakedown::tests;

TEST_CASE("an ordinary time tells the hold of a worker and the rates", "[why][ordinary]") {
    ShopRecord r;
    r.until(5, calm()).begins(5, lineCut).until(10, jammed());
    Ordinary const ordinary(r.course(), calleesFirst(r.course()));
    CHECK(ordinary.hold(site) == Approx(0.05)); // a quarter of 20 workers, 100 a second
    CHECK(ordinary.arrivals(site) == Approx(100));
    CHECK(ordinary.offered(visitors) == Approx(100));
}

TEST_CASE("without an ordinary time the hold is what the scenario says of the work",
          "[why][ordinary]") {
    ShopRecord r;
    r.begins(0, autosSlow).until(5, jammed());
    Ordinary const ordinary(r.course(), calleesFirst(r.course()));
    CHECK(ordinary.hold(autos) == Approx(0.020));
    // 5 ms of its own, and half a call to autos for each request that arrives.
    CHECK(ordinary.hold(site) == Approx(0.005 + 0.5 * 0.020));
}

TEST_CASE("without an ordinary time rates are those of loads that nobody changes",
          "[why][ordinary]") {
    auto header = shopHeader();
    header.verbs[autosSlow] = "surge";
    Course course;
    course.begin(header);
    course.take({sec(0), record::EventBegan{autosSlow, {}, {}, {visitors}}});
    auto row = calm();
    row.loads[visitors].offered = 300;
    row.loads[buyers].offered = 50;
    course.take({sec(1), row});
    course.take({sec(1), record::EventEnded{autosSlow}});
    row.loads[visitors].offered = 100;
    for (int second = 2; second <= 4; ++second) {
        course.take({sec(second), row});
    }
    Ordinary const ordinary(course, calleesFirst(course));
    CHECK(ordinary.offered(buyers) == Approx(50));
    CHECK(ordinary.offered(visitors) == Approx(100)); // not of the second of the surge
    CHECK(ordinary.arrivals(site) == -1);
}
