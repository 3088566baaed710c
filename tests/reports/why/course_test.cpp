#include "reports/why/course.hpp"

#include <catch2/catch.hpp>

#include "tests/reports/why/shop_course.hpp"

using namespace shakedown;
using namespace shakedown::why;
using namespace shakedown::tests;
using measure::Outcome;
using record::nobody;
using Events = std::vector<std::uint32_t>;

TEST_CASE("a request is bad that did not come out ok, or came late", "[why][course]") {
    auto const header = shopHeader();
    auto request = bad(Outcome::Ok, {attempt(visitorsToSite, nobody, 1, 0.1)});
    CHECK_FALSE(isBad(request, header));
    request.ended = request.intended + 101_ms;
    CHECK(isBad(request, header));
    request.load = buyers; // never late
    CHECK_FALSE(isBad(request, header));
    request.outcome = Outcome::Degraded;
    CHECK(isBad(request, header));
    request.ended = never; // who knows
    CHECK_FALSE(isBad(request, header));
}

TEST_CASE("without a word on lateness nothing is late", "[why][course]") {
    auto request = bad(Outcome::Ok, {attempt(visitorsToSite, nobody, 1, 50)});
    CHECK_FALSE(isBad(request, record::Header()));
}

TEST_CASE("of a load and interval so many bad requests are kept and no more", "[why][course]") {
    ShopRecord r;
    for (std::size_t i = 0; i < Course::mostRequests + 10; ++i) {
        r.add(refusedAt(0.5));
    }
    r.add(refusedAt(0.6, buyers));
    CHECK(r.course().requests().size() == Course::mostRequests + 1);
    r.until(1, calm()).add(refusedAt(1.5));
    CHECK(r.course().requests().size() == Course::mostRequests + 2);
}

TEST_CASE("a good request is not kept, but shows where its load goes", "[why][course]") {
    ShopRecord r;
    r.add(bad(Outcome::Ok,
              {attempt(visitorsToSite, nobody, 0.1, 0.03), attempt(siteToAutos, 0, 0.11, 0.01)}));
    CHECK(r.course().requests().empty());
    CHECK(r.course().servicesOf(visitors) == std::set<std::uint32_t>{site, autos});
    CHECK(r.course().servicesOf(buyers).empty());
}

TEST_CASE("an instant lies in the stretch that ends at or after it, the last if none does",
          "[why][course]") {
    ShopRecord r;
    r.until(3, calm());
    CHECK(r.course().stretchAt(sec(0)) == 0);
    CHECK(r.course().stretchAt(sec(1)) == 0);
    CHECK(r.course().stretchAt(sec(1.1)) == 1);
    CHECK(r.course().stretchAt(sec(99)) == 2);
}

TEST_CASE("a call leads from a load or service to a service", "[why][course]") {
    ShopRecord const r;
    CHECK(r.course().callsOf(site) == Events{siteToAutos});
    CHECK(r.course().callsOf(autos).empty());
    CHECK(r.course().callsTo(site) == Events{visitorsToSite, buyersToSite});
    CHECK(r.course().workersOf(site) == 20);
}

TEST_CASE("an event is at work from its begin to its end, on whom it touches", "[why][course]") {
    ShopRecord r;
    r.begins(10, autosSlow).ends(20, autosSlow);
    auto const& course = r.course();
    auto const slows = [&](std::uint32_t service, double from, double to) {
        return course.onService(service, nobody, Effect::Slows, sec(from), sec(to));
    };
    CHECK(slows(autos, 0, 9.9).empty());
    CHECK(slows(autos, 0, 10) == Events{autosSlow});
    CHECK(slows(autos, 15, 16) == Events{autosSlow});
    CHECK(slows(autos, 20, 21) == Events{autosSlow});
    CHECK(slows(autos, 20.1, 21).empty());
    CHECK(slows(site, 15, 16).empty());
    CHECK(course.onService(autos, 0, Effect::Slows, sec(15), sec(16)) == Events{autosSlow});
    CHECK(course.onService(autos, 3, Effect::Slows, sec(15), sec(16)).empty());
    CHECK(course.onService(autos, nobody, Effect::Disturbs, sec(15), sec(16)).empty());
    CHECK(course.firstEvent() == sec(10));
}

TEST_CASE("an event that comes again is named once", "[why][course]") {
    ShopRecord r;
    r.begins(1, lineCut).ends(2, lineCut).begins(3, lineCut).ends(4, lineCut);
    CHECK(r.course().occurrences().size() == 2);
    CHECK(r.course().onCall(siteToAutos, Effect::Disturbs, sec(0), sec(9)) == Events{lineCut});
    CHECK(r.course().onCall(siteToAutos, Effect::Disturbs, sec(2.5), sec(2.6)).empty());
    CHECK(r.course().onCall(visitorsToSite, Effect::Disturbs, sec(0), sec(9)).empty());
}

TEST_CASE("what is set at one stroke stays set", "[why][course]") {
    ShopRecord r;
    r.begins(5, retune).ends(5, retune).begins(6, rollOut).ends(6, rollOut);
    CHECK(r.course().occurrences()[0].end == never);
    CHECK(r.course().occurrences()[1].end == sec(6));
}

TEST_CASE("an end without a begin ends nothing", "[why][course]") {
    ShopRecord r;
    r.ends(5, autosSlow).begins(6, autosSlow);
    CHECK(r.course().occurrences().size() == 1);
    CHECK(r.course().occurrences()[0].end == never);
}

TEST_CASE("the latest event that could have taken a replica away is found after its end",
          "[why][course]") {
    ShopRecord r;
    r.begins(1, rollOut).ends(2, rollOut).begins(3, retune).begins(9, rollOut);
    auto const& course = r.course();
    CHECK(course.lastOnService(site, nobody, Effect::TakesAway, sec(5)) == Events{rollOut});
    CHECK(course.lastOnService(site, nobody, Effect::TakesAway, sec(0.5)).empty());
    CHECK(course.lastOnService(site, nobody, Effect::Sets, sec(5)) == Events{retune});
    CHECK(course.lastOnService(autos, nobody, Effect::TakesAway, sec(5)).empty());
}

TEST_CASE("replicas that are down, hung or starting are counted where a stretch ends",
          "[why][course]") {
    using record::ReplicaState;
    ShopRecord r;
    r.until(1, calm())
        .at(1.5, record::ReplicaChanged{site, 0, ReplicaState::Down})
        .at(1.6, record::ReplicaChanged{site, 1, ReplicaState::Hung})
        .until(2, calm())
        .at(2.5, record::ReplicaChanged{site, 0, ReplicaState::Starting})
        .at(2.6, record::ReplicaChanged{site, 1, ReplicaState::Up})
        .until(3, calm())
        .at(3.5, record::ReplicaChanged{site, 0, ReplicaState::Up})
        .until(4, calm());
    CHECK(r.course().goneAt(0, site) == 0);
    CHECK(r.course().goneAt(1, site) == 2);
    CHECK(r.course().goneAt(2, site) == 1);
    CHECK(r.course().goneAt(3, site) == 0);
    CHECK(r.course().goneAt(1, autos) == 0);
}

TEST_CASE("a neighbour is who took the host while the service waited", "[why][course]") {
    ShopRecord r;
    r.at(2, record::HostCrowded{0, site, 0.9, autos, 0.5}).at(4, record::HostRelieved{0});
    CHECK(r.course().neighbourOf(autos, sec(3), sec(3.5)) == site);
    CHECK(r.course().neighbourOf(autos, sec(4.5), sec(5)) == nobody);
    CHECK(r.course().neighbourOf(site, sec(3), sec(3.5)) == nobody);
}

TEST_CASE("a header that says less of its services than it names is filled up", "[why][course]") {
    auto header = shopHeader();
    header.replicas = {2};
    header.workers.clear();
    ShopRecord const r(header);
    CHECK(r.course().workersOf(site) == 2);
    CHECK(r.course().workersOf(autos) == 1);
}

TEST_CASE("a request through an endpoint of no service is left out", "[why][course]") {
    auto header = shopHeader();
    header.names.endpoints[1] = "elsewhere/search";
    ShopRecord r(header);
    r.add(failedBelow(0.5, Cause::QueueFull)).add(refusedAt(0.6));
    CHECK(r.course().requests().size() == 1);
}

TEST_CASE("a request that goes deeper than any system calls is left out", "[why][course]") {
    auto request = refusedAt(0.5);
    for (std::uint32_t i = 0; i + 1 < Course::deepest; ++i) {
        request.spans.push_back(unsent(siteToAutos, i, 0.5, Cause::ErrorReply));
    }
    ShopRecord r;
    r.add(request);
    CHECK(r.course().requests().size() == 1);
    request.spans.push_back(unsent(siteToAutos, Course::deepest - 1, 0.5, Cause::ErrorReply));
    r.add(request);
    CHECK(r.course().requests().size() == 1);
}

TEST_CASE("a request whose spans lead in a circle is left out", "[why][course]") {
    auto request = failedBelow(0.5, Cause::Timeout);
    request.spans[1].parent = 1;
    ShopRecord r;
    r.add(request);
    request.spans[1].parent = 7; // nor one whose parent is not there
    r.add(request);
    CHECK(r.course().requests().empty());
}
