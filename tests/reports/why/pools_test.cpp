#include "reports/why/pools.hpp"

#include <catch2/catch.hpp>

#include "tests/reports/why/shop_course.hpp"

using namespace shakedown;
using namespace shakedown::why;
using namespace shakedown::tests;

namespace {

constexpr FirstCause tooLittleOfSite{CauseKind::Overload, site};

// More visitors than site has workers for, with nothing in its way but its own work.
record::Interval flooded() {
    record::Interval i = calm();
    i.loads[visitors].offered = 1000;
    i.services[site] = {20, 20, 1000, 400, 600, 1};
    i.calls[visitorsToSite] = {1000, 1000};
    i.calls[visitorsToSite].waiting = 40;
    i.calls[siteToAutos].waiting = 0;
    return i;
}

} // namespace

TEST_CASE("workers that wait for a call are held by what slows the callee", "[why][pools]") {
    auto const r = slowAutos();
    Pools const pools(r.course());
    CHECK(pools.held(autos, 15).weightOf(event(autosSlow)) == Approx(1));
    CHECK(pools.held(site, 15).weightOf(event(autosSlow)) == Approx(1));
    CHECK(pools.held(site, 5).ordinary() == Approx(1));
}

TEST_CASE("the holders of workers are the calls under way, as shares of the busy ones",
          "[why][pools]") {
    auto const r = slowAutos();
    Pools const pools(r.course());
    auto const holders = pools.holders(site, 5);
    REQUIRE(holders.size() == 1);
    CHECK(holders[0].call == siteToAutos);
    CHECK(holders[0].share == Approx(0.4)); // 2 of 5
    CHECK(pools.holders(autos, 5).empty());
}

TEST_CASE("what holds, what queues and where calls are each add up to 1", "[why][pools]") {
    auto const r = slowAutos();
    Pools const pools(r.course());
    for (std::size_t stretch = 0; stretch < r.course().stretches().size(); ++stretch) {
        CAPTURE(stretch);
        for (std::uint32_t const service : {site, autos}) {
            CHECK(pools.held(service, stretch).total() == Approx(1).margin(1e-9));
            auto const& queued = pools.queued(service, stretch);
            CHECK((queued.blamesNobody() || std::abs(queued.total() - 1) < 1e-9));
        }
        for (std::uint32_t const call : {visitorsToSite, buyersToSite, siteToAutos}) {
            CHECK(pools.call(call, stretch).total() == Approx(1).margin(1e-9));
        }
    }
}

TEST_CASE("a queue remembers what made it grow until it is empty", "[why][pools]") {
    auto const r = slowAutos();
    Pools const pools(r.course());
    CHECK(pools.queued(site, 9).blamesNobody());
    CHECK(pools.queued(site, 15).weightOf(event(autosSlow)) == Approx(1));
    CHECK(pools.queued(site, 23).weightOf(event(autosSlow)) > 0.5); // the fault is over
    CHECK(pools.queued(site, 25).blamesNobody());                   // and now the queue is too
}

TEST_CASE("more work than all workers can do is too little capacity", "[why][pools]") {
    ShopRecord r;
    r.until(5, calm()).begins(5, lineCut).ends(5, lineCut); // so that there is an ordinary time
    r.until(10, flooded());
    Pools const pools(r.course());
    CHECK(pools.queued(site, 9).weightOf(tooLittleOfSite) > 0.9);
}

TEST_CASE("a surge is blamed for the requests it brings, and capacity is not", "[why][pools]") {
    auto header = shopHeader();
    header.verbs[lineCut] = "surge";
    ShopRecord r(header);
    r.until(5, calm()).at(5, record::EventBegan{lineCut, {}, {}, {visitors}});
    r.until(10, flooded());
    Pools const pools(r.course());
    CHECK(pools.queued(site, 9).weightOf(event(lineCut)) == Approx(1));
}

TEST_CASE("retries go to what they were made for", "[why][pools]") {
    ShopRecord r;
    r.until(10, calm()).begins(10, autosSlow).until(12, jammed()).ends(12, autosSlow);
    auto storm = jammed(0);
    storm.services[site].arrived = 400;
    storm.services[site].utilisation = 1;
    storm.calls[visitorsToSite] = {100, 400, 300};
    storm.calls[siteToAutos].waiting = 0;
    r.until(30, storm);
    Pools const pools(r.course());
    CHECK(pools.queued(site, 29).weightOf(event(autosSlow)) == Approx(1));
}

TEST_CASE("retries of errors are blamed on what makes the errors", "[why][pools]") {
    auto header = shopHeader();
    header.verbs[rollOut] = "errors";
    ShopRecord r(header);
    r.until(10, calm()).begins(10, rollOut);
    auto storm = calm();
    storm.services[site] = {20, 20, 400, 400, 0, 1};
    storm.calls[visitorsToSite] = {100, 400, 300};
    storm.calls[siteToAutos].waiting = 0;
    r.until(15, storm);
    Pools const pools(r.course());
    CHECK(pools.queued(site, 14).weightOf(event(rollOut)) == Approx(1));
}

TEST_CASE("an empty queue forgets: what comes next is not blamed on what was before",
          "[why][pools]") {
    auto header = shopHeader();
    header.verbs[rollOut] = "slow";
    ShopRecord r(header);
    r.until(10, calm()).begins(10, autosSlow).until(20, jammed()).ends(20, autosSlow);
    r.until(25, calm()).begins(25, rollOut);
    auto own = jammed();
    own.calls[siteToAutos].waiting = 0;
    r.until(30, own);
    Pools const pools(r.course());
    CHECK(pools.queued(site, 29).weightOf(event(rollOut)) == Approx(1));
    CHECK(pools.queued(site, 29).weightOf(event(autosSlow)) == 0);
}

TEST_CASE("a queue that two causes made is blamed on both, by the worker-seconds of each",
          "[why][pools]") {
    auto header = shopHeader();
    header.verbs[rollOut] = "slow";
    ShopRecord r(header);
    r.until(10, calm()).begins(10, autosSlow).until(16, jammed()).ends(16, autosSlow);
    r.begins(16.5, rollOut);
    auto own = jammed();
    own.calls[siteToAutos].waiting = 0;
    r.until(18, own);
    Pools const pools(r.course());
    // Six seconds of 20 workers, then two; autos-slow ends where the seventh second begins.
    CHECK(pools.queued(site, 17).weightOf(event(autosSlow)) == Approx(0.75));
    CHECK(pools.queued(site, 17).weightOf(event(rollOut)) == Approx(0.25));
}

TEST_CASE("the workers of a lost replica are lost to what took it", "[why][pools]") {
    ShopRecord r;
    r.until(5, calm())
        .begins(5, rollOut)
        .at(5, record::ReplicaChanged{site, 0, record::ReplicaState::Down});
    auto halved = calm();
    halved.services[site].queue = 5;
    r.until(8, halved);
    Pools const pools(r.course());
    CHECK(pools.queued(site, 7).weightOf(event(rollOut)) == Approx(1));
}

TEST_CASE("a replica that was gone while nobody waited is blamed for nothing of that time",
          "[why][pools]") {
    ShopRecord r;
    r.until(5, calm())
        .begins(5, rollOut)
        .at(5, record::ReplicaChanged{site, 0, record::ReplicaState::Down})
        .until(40, calm())
        .begins(40, autosSlow)
        .until(45, jammed());
    Pools const pools(r.course());
    CHECK(pools.queued(site, 44).weightOf(event(autosSlow)) == Approx(0.5));
    CHECK(pools.queued(site, 44).weightOf(event(rollOut)) == Approx(0.5));
}

TEST_CASE("replicas that are added take nothing away", "[why][pools]") {
    ShopRecord r;
    r.until(5, calm()).begins(5, rollOut);
    for (std::uint32_t replica = 2; replica < 6; ++replica) {
        r.at(5, record::ReplicaChanged{site, replica, record::ReplicaState::Starting});
    }
    r.begins(6, autosSlow).until(8, jammed());
    CHECK(r.course().goneAt(7, site) == 0);
    CHECK(r.course().addedAt(7, site) == 0);
    r.at(8, record::ReplicaChanged{site, 2, record::ReplicaState::Up}).until(10, jammed());
    CHECK(r.course().addedAt(9, site) == 1);
    Pools const pools(r.course());
    CHECK(pools.queued(site, 7).weightOf(event(rollOut)) == 0);
}

TEST_CASE("a neighbour on the host holds who waits for the processor", "[why][pools]") {
    ShopRecord r;
    r.at(0.5, record::HostCrowded{0, site, 0.9, autos, 0.5}).until(3, jammed());
    Pools const pools(r.course());
    CHECK(pools.held(autos, 1).weightOf({CauseKind::Neighbour, site}) == Approx(1));
}

TEST_CASE("calls that have not arrived anywhere are on a cut line", "[why][pools]") {
    ShopRecord r;
    r.until(5, calm()).begins(5, lineCut);
    auto cut = calm();
    cut.services[site] = {0, 20, 20, 0, 0, 1};
    cut.services[autos] = {};
    cut.calls[siteToAutos].waiting = 20;
    r.until(8, cut);
    Pools const pools(r.course());
    CHECK(pools.call(siteToAutos, 7).weightOf(event(lineCut)) == Approx(1));
    CHECK(pools.held(site, 7).weightOf(event(lineCut)) == Approx(1));
}

TEST_CASE("services that wait for each other in a circle come to an end", "[why][pools]") {
    auto header = shopHeader();
    header.names.calls.push_back("autos -> site");
    ShopRecord r(header);
    auto circle = jammed();
    circle.calls.resize(4);
    circle.calls[3].waiting = 4; // all workers of autos
    auto calmCircle = calm();
    calmCircle.calls.resize(4);
    r.until(5, calmCircle).begins(5, autosSlow).until(15, circle).ends(15, autosSlow);
    r.until(20, circle);
    Pools const pools(r.course());
    for (std::size_t stretch = 0; stretch < 20; ++stretch) {
        CHECK(pools.held(site, stretch).total() == Approx(1).margin(1e-9));
        CHECK(pools.held(autos, stretch).total() == Approx(1).margin(1e-9));
    }
}

TEST_CASE("a service that calls itself comes to an end", "[why][pools]") {
    auto header = shopHeader();
    header.names.calls[siteToAutos] = "site -> site";
    ShopRecord r(header);
    r.until(5, jammed());
    Pools const pools(r.course());
    CHECK(pools.held(site, 4).total() == Approx(1));
}
