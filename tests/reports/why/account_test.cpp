#include "reports/why/account.hpp"

#include <catch2/catch.hpp>

#include <numeric>

#include "tests/reports/why/shop_course.hpp"

using namespace shakedown;
using namespace shakedown::why;
using namespace shakedown::tests;
using measure::Outcome;
using record::nobody;

namespace {

double sharesOf(Account const& account) {
    return std::accumulate(account.causes.begin(), account.causes.end(), 0.0,
                           [](double sum, Blamed const& b) { return sum + b.share; });
}

// Refusals while autos is slow, time-outs of site -> autos while the line is cut, and calls that
// are refused by a bulkhead for no reason.
ShopRecord threeCauses() {
    ShopRecord r;
    r.until(10, calm()).begins(10, autosSlow);
    for (int second = 10; second < 20; ++second) {
        r.add(refusedAt(second + 0.3)).add(refusedAt(second + 0.6)).until(second + 1, jammed(30));
    }
    r.ends(20, autosSlow).until(30, calm()).begins(30, lineCut);
    for (int second = 30; second < 37; ++second) {
        auto request = failedBelow(second + 0.3, Cause::Timeout);
        request.spans[1].sent = request.spans[1].sent - 2_s;
        r.add(request);
        auto row = calm();
        row.loads[visitors] = {100, 93, 0, 7, 0, 0, 93, {}, {}, {}};
        r.until(second + 1, row);
    }
    r.ends(37, lineCut);
    for (int second = 37; second < 60; ++second) {
        if (second >= 50) {
            r.add(failedBelow(second + 0.3, Cause::BulkheadFull));
        }
        auto row = calm();
        row.loads[visitors] = {100, 99, 0, second >= 50 ? 1U : 0U, 0, 0, 99, {}, {}, {}};
        r.until(second + 1, row);
    }
    return r;
}

} // namespace

TEST_CASE("shares of blame add up to 1, and requests to the bad ones", "[why][account]") {
    auto const account = explained(threeCauses());
    REQUIRE(account.causes.size() >= 3);
    CHECK(std::abs(sharesOf(account) - 1) < 1e-9);
    double requests = 0;
    for (auto const& blamed : account.causes) {
        requests += blamed.requests;
    }
    CHECK(requests == Approx(account.bad).epsilon(1e-9));
    CHECK(account.bad == Approx(300 + 49 + 10));
    CHECK(account.offered == 6000);
    CHECK(account.examined == 20 + 7 + 10);
}

TEST_CASE("the greatest share comes first, with so many requests as there were", "[why][account]") {
    auto const account = explained(threeCauses());
    CHECK(account.causes[0].cause == event(autosSlow));
    CHECK(account.causes[0].requests == Approx(300));
    CHECK(account.causes[1].cause == event(lineCut));
    CHECK(account.causes[1].requests == Approx(49));
    CHECK(account.causes[2].cause == FirstCause{CauseKind::Bulkhead, siteToAutos});
    CHECK(account.causes[2].requests == Approx(10));
}

TEST_CASE("each recorded request stands for those of its load and interval", "[why][account]") {
    ShopRecord r;
    r.begins(0, autosSlow).add(refusedAt(0.2)).add(refusedAt(0.4)).until(1, jammed(50));
    CHECK(explained(r).bad == Approx(50));
    r.until(2, jammed(20)); // no example: the one before stands for these too
    CHECK(explained(r).bad == Approx(70));
    CHECK(explained(r).examined == 2);
}

TEST_CASE("before the first recorded one, the first stands for all", "[why][account]") {
    ShopRecord r;
    r.begins(0, autosSlow).until(3, jammed(10)).add(refusedAt(3.5)).until(4, jammed(10));
    CHECK(explained(r).bad == Approx(40));
}

TEST_CASE("causes with equal shares keep the order of the causes, whichever came first",
          "[why][account]") {
    for (bool const bulkheadFirst : {true, false}) {
        ShopRecord r;
        auto row = calm();
        row.loads[visitors] = {100, 98, 0, 2, 0, 0, 98, {}, {}, {}};
        r.add(failedBelow(0.2, bulkheadFirst ? Cause::BulkheadFull : Cause::RateLimited));
        r.add(failedBelow(0.6, bulkheadFirst ? Cause::RateLimited : Cause::BulkheadFull));
        r.until(1, row);
        auto const account = explained(r);
        REQUIRE(account.causes.size() == 2);
        CHECK(account.causes[0].share == account.causes[1].share);
        CHECK(account.causes[0].cause.kind == CauseKind::Bulkhead);
        CHECK(account.endings[0].requests == account.endings[1].requests);
        CHECK(account.endings[0].what.cause == Cause::BulkheadFull);
    }
}

TEST_CASE("a record with timeouts and no fault is a matter of configuration", "[why][account]") {
    ShopRecord r;
    for (int second = 0; second < 10; ++second) {
        auto request =
            bad(Outcome::TimedOut, {attempt(visitorsToSite, nobody, second + 0.3, 0.03)});
        request.spans[0].ended = never;
        request.spans[0].cause = Cause::Timeout;
        r.add(request);
        auto row = calm();
        row.loads[visitors] = {100, 40, 0, 0, 0, 60, 40, {}, {}, {}};
        r.until(second + 1, row);
    }
    auto const account = explained(r);
    REQUIRE(account.causes.size() == 1);
    CHECK(account.causes[0].cause == FirstCause{CauseKind::ShortTimeout, visitorsToSite});
    CHECK(account.bad == Approx(600));
    CHECK(natureOf(account.causes[0].cause, r.course().header()) == Nature::Configuration);
}

TEST_CASE("a full queue with no fault is a matter of saturation", "[why][account]") {
    ShopRecord r;
    auto row = calm();
    row.loads[visitors] = {1000, 400, 0, 0, 600, 0, 400, {}, {}, {}};
    row.services[site] = {20, 20, 1000, 400, 600, 1};
    row.calls[siteToAutos].waiting = 0;
    for (int second = 0; second < 10; ++second) {
        r.add(refusedAt(second + 0.5)).until(second + 1, row);
    }
    auto const account = explained(r);
    REQUIRE(!account.causes.empty());
    CHECK(natureOf(account.causes[0].cause, r.course().header()) == Nature::Saturation);
    CHECK(account.causes[0].share == Approx(1));
}

TEST_CASE("of a load only its own requests count", "[why][account]") {
    ShopRecord r;
    auto row = jammed(10);
    row.loads[buyers] = {20, 15, 0, 0, 5, 0, 15, {}, {}, {}};
    r.begins(0, autosSlow).add(refusedAt(0.3)).add(refusedAt(0.4, buyers)).until(1, row);
    auto const account = explained(r, {SubjectKind::Load, buyers});
    CHECK(account.offered == 20);
    CHECK(account.bad == Approx(5));
    CHECK(explained(r).bad == Approx(15));
}

TEST_CASE("of a call or service only requests count that met trouble there", "[why][account]") {
    auto const r = threeCauses();
    auto const call = explained(r, {SubjectKind::Call, siteToAutos});
    CHECK(call.bad == Approx(49 + 10));
    CHECK(std::abs(sharesOf(call) - 1) < 1e-9);
    for (auto const& ending : call.endings) {
        CHECK(ending.what.call == siteToAutos);
    }
    CHECK(explained(r, {SubjectKind::Service, site}).bad == Approx(300 + 49 + 10));
    auto const autosOnly = explained(r, {SubjectKind::Service, autos});
    CHECK(autosOnly.bad == Approx(49 + 10));
    CHECK(explained(r, {SubjectKind::Call, buyersToSite}).causes.empty());
}

TEST_CASE("of a stretch only requests count that ended in it", "[why][account]") {
    auto const r = threeCauses();
    auto const all = explained(r);
    Subject slow;
    slow.to = SimTime::at(25_s);
    auto const early = explained(r, slow);
    REQUIRE(early.causes.size() == 1);
    CHECK(early.causes[0].cause == FirstCause{CauseKind::Event, autosSlow});
    CHECK(early.bad == 300);
    CHECK(early.examined == 20);
    Subject cut;
    cut.from = SimTime::at(25_s);
    cut.to = SimTime::at(45_s);
    auto const middle = explained(r, cut);
    CHECK(middle.bad == 49);
    CHECK(middle.examined == 7);
    CHECK(early.bad + middle.bad < all.bad);
    Subject none;
    none.from = SimTime::at(40_s);
    none.to = SimTime::at(41_s);
    CHECK(explained(r, none).causes.empty());
}

TEST_CASE("an empty record has no account", "[why][account]") {
    auto const account = explained(ShopRecord());
    CHECK(account.causes.empty());
    CHECK(account.bad == 0);
    CHECK(account.chain.empty());
}

TEST_CASE("a run in which nothing went wrong blames nobody", "[why][account]") {
    ShopRecord r;
    r.until(10, calm());
    auto const account = explained(r);
    CHECK(account.causes.empty());
    CHECK(account.offered == 1000);
    CHECK(account.amplifiers.empty());
}

TEST_CASE("bad requests of a load are those that failed, were degraded or came late",
          "[why][account]") {
    record::LoadInterval row;
    row.ok = 90;
    row.late = 5;
    row.failed = 4;
    row.rejected = 3;
    row.timedOut = 2;
    CHECK(badOf(row) == 14);
    row.degraded = 10; // in time or not
    CHECK(badOf(row) == 24);
}

TEST_CASE("a subject is found as load, service or call", "[why][account]") {
    auto const names = shopHeader().names;
    CHECK(subjectNamed("", names)->kind == SubjectKind::Everything);
    CHECK(subjectNamed("buyers", names)->kind == SubjectKind::Load);
    CHECK(subjectNamed("buyers", names)->index == buyers);
    CHECK(subjectNamed("autos", names)->kind == SubjectKind::Service);
    CHECK(subjectNamed("site -> autos", names)->kind == SubjectKind::Call);
    CHECK(subjectNamed("site -> autos", names)->index == siteToAutos);
    CHECK_FALSE(subjectNamed("sight", names));
    CHECK_FALSE(subjectNamed("site->autos", names));
}

TEST_CASE("who makes more attempts than requests amplifies, and most comes first",
          "[why][account]") {
    ShopRecord r;
    auto row = calm();
    row.calls[visitorsToSite] = {100, 150, 50};
    row.calls[buyersToSite] = {100, 109, 9}; // too few to tell
    row.calls[siteToAutos] = {100, 300, 10};
    r.until(4, row);
    auto const found = amplifiersBetween(r.course(), sec(0), sec(4));
    REQUIRE(found.size() == 2);
    CHECK(found[0].call == siteToAutos);
    CHECK(found[0].kind == AmplifierKind::Hedges);
    CHECK(found[0].factor == Approx(3));
    CHECK(found[0].extra == 800);
    CHECK(found[1].call == visitorsToSite);
    CHECK(found[1].kind == AmplifierKind::Retries);
    CHECK(amplifiersBetween(r.course(), sec(9), sec(10)).empty());
}

TEST_CASE("equal records have equal accounts", "[why][account]") {
    auto const one = explained(threeCauses());
    auto const other = explained(threeCauses());
    REQUIRE(one.causes.size() == other.causes.size());
    for (std::size_t i = 0; i < one.causes.size(); ++i) {
        CHECK(one.causes[i].cause == other.causes[i].cause);
        CHECK(one.causes[i].share == other.causes[i].share);
    }
}

TEST_CASE("bad requests without a recorded example are counted all the same", "[why][account]") {
    ShopRecord r;
    r.begins(0, autosSlow).until(5, jammed(10));
    auto const account = explained(r);
    CHECK(account.bad == 50);
    CHECK(account.examined == 0);
    CHECK(account.causes.empty());
}
