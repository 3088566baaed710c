#include "reports/html/history.hpp"

#include <catch2/catch.hpp>

#include "reports/html/health.hpp"
#include "reports/html/time_axis.hpp"
#include "tests/reports/html/shop_report.hpp"

using namespace shakedown;
using namespace shakedown::html;
using namespace shakedown::tests;

TEST_CASE("steps are 1, 2 or 5 intervals, at most so many", "[html][history]") {
    History history;
    playShop(history, shopHeader());
    CHECK(history.step() == Duration::seconds(1));
    CHECK(history.steps() == 180);
    auto header = shopHeader();
    for (int const seconds : {1, 24, 25, 60, 3600}) {
        header.lasts = Duration::seconds(seconds);
        History other;
        other.begin(header);
        double const steps = header.lasts / other.step();
        INFO(seconds);
        CHECK(steps <= History::mostSteps);
        CHECK((steps > History::mostSteps / 3.0 || other.step() == header.interval));
    }
}

TEST_CASE("a step adds up its intervals", "[html][history]") {
    History history;
    playShop(history, shopHeader());
    LoadStep const& bad = history.load(0, 60);
    CHECK(bad.offered == 100);
    CHECK(bad.bad() == 50);
    CHECK(bad.p50() == Approx(0.05));
    CHECK(bad.p99 == Approx(3));
    CHECK(history.load(0, 59).bad() == 0);
    CHECK(history.service(0, 60).queue == 80);
    CHECK(history.call(1, 60).retries == 100);
    CHECK(history.call(1, 60).trouble() == Approx(0.6));
}

TEST_CASE("a breaker is open in every step from its opening to its closing", "[html][history]") {
    History history;
    playShop(history, shopHeader());
    CHECK(history.call(1, 59).worst == record::BreakerState::Closed);
    CHECK(history.call(1, 60).worst == record::BreakerState::Open);
    CHECK(history.call(1, 90).open == 1);
    CHECK(history.call(1, 119).worst == record::BreakerState::Open);
    CHECK(history.call(1, 120).worst == record::BreakerState::Closed);
}

TEST_CASE("a service without a replica is down, with one of two it is not", "[html][history]") {
    History history;
    history.begin(shopHeader());
    using record::ReplicaState;
    history.take({inTenths(5), record::ReplicaChanged{0, 0, ReplicaState::Down}});
    history.take({inTenths(5), record::ReplicaChanged{1, 0, ReplicaState::Hung}});
    history.take({inTenths(10), shopInterval(false)});
    history.take({inTenths(15), record::ReplicaChanged{1, 0, ReplicaState::Up}});
    history.take({inTenths(20), shopInterval(false)});
    history.take({inTenths(30), shopInterval(false)});
    Conditions const conditions(history);
    CHECK(conditions.service(0, 0).health == Health::Calm);
    CHECK(conditions.service(1, 0).health == Health::Down);
    CHECK(conditions.service(1, 2).health == Health::Calm);
}

TEST_CASE("moments that name what the header does not know change nothing", "[html][history]") {
    History history;
    history.begin(shopHeader());
    history.take({inTenths(5), record::ReplicaChanged{77, 0, record::ReplicaState::Down}});
    history.take({inTenths(5), record::BreakerChanged{77, 0, record::BreakerState::Closed,
                                                      record::BreakerState::Open}});
    history.take({inTenths(99'999), shopInterval(false)});
    CHECK(history.steps() == 180);
}

TEST_CASE("health is told from the calls to a service, then from its workers", "[html][health]") {
    History history;
    playShop(history, shopHeader());
    Conditions const conditions(history);
    CHECK(conditions.service(0, 10).health == Health::Calm);
    CHECK(conditions.service(0, 60).health == Health::Failing); // visitors' calls fail
    CHECK(conditions.service(1, 60).trouble == Approx(0.6));
    CHECK(conditions.load(0, 60).health == Health::Failing);
    CHECK(conditions.worstStep() == 60);
    CHECK(conditions.bad(60) == 50);
    CHECK(conditions.servicesByPain() == std::vector<std::size_t>{0, 1});
}

TEST_CASE("an event has one letter, however often it comes", "[html][axis]") {
    History history;
    history.begin(shopHeader());
    for (int i = 0; i < 3; ++i) {
        history.take({inTenths(100 * i + 10), record::EventBegan{0}});
        history.take({inTenths(100 * i + 20), record::EventEnded{0}});
    }
    history.take({inTenths(1800), shopInterval(false)});
    auto const axis = timeAxisOf(history);
    CHECK(axis.bands.size() == 3);
    REQUIRE(axis.marks.size() == 1);
    CHECK(axis.marks[0].letter == "A");
    CHECK(axis.marks[0].when == "1.0 to 2.0 s, and 2 more times");
    CHECK(axis.marks[0].isFault);
}

TEST_CASE("no more events are kept than a page can show", "[html][history]") {
    History history;
    history.begin(shopHeader());
    for (int i = 0; i < 1000; ++i) {
        history.take({inTenths(i), record::EventBegan{0}});
    }
    CHECK(history.events().size() == History::mostEvents);
    CHECK(history.eventsLeftOut() == 1000 - History::mostEvents);
}
