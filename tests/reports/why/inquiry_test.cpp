#include "reports/why/inquiry.hpp"

#include <catch2/catch.hpp>

#include "tests/reports/why/shop_course.hpp"

using namespace shakedown;
using namespace shakedown::why;
using namespace shakedown::tests;
using measure::Outcome;
using record::nobody;

namespace {

// What the last of some requests is blamed on; the earlier ones teach.
Shares blameOf(ShopRecord const& r, std::vector<record::Request> const& requests) {
    Pools const pools(r.course());
    Inquiry inquiry(r.course(), pools);
    Shares blame;
    for (auto const& request : requests) {
        blame = inquiry.ask(request).blame;
        CHECK(blame.total() == Approx(1).margin(1e-9));
    }
    return blame;
}

ShopRecord calmRecord() {
    ShopRecord r;
    r.until(30, calm());
    return r;
}

// A visitor who gave up after so long, while site waited for autos all the time.
record::Request timedOut(double at, double timeout, Cause cause = Cause::Timeout) {
    auto root = attempt(visitorsToSite, nobody, at, timeout);
    root.ended = sec(at + timeout + 1);
    root.cause = cause;
    auto below = attempt(siteToAutos, 0, at + 0.002, timeout + 0.9);
    return bad(Outcome::TimedOut, {root, below});
}

} // namespace

TEST_CASE("a refusal by a full queue is blamed on what held the workers", "[why][inquiry]") {
    auto const r = slowAutos();
    CHECK(blameOf(r, {refusedAt(15.5)}).weightOf(event(autosSlow)) == Approx(1));
}

TEST_CASE("a queue that refuses although workers are idle is short", "[why][inquiry]") {
    auto const blame = blameOf(calmRecord(), {refusedAt(5.5)});
    CHECK(blame.weightOf({CauseKind::ShortQueue, site}) == 1);
}

TEST_CASE("who sheds although nothing is wrong has a limit that is too low", "[why][inquiry]") {
    auto request = refusedAt(5.5);
    request.spans[0].cause = Cause::Shed;
    CHECK(blameOf(calmRecord(), {request}).weightOf({CauseKind::ServerLimit, site}) == 1);
}

TEST_CASE("a timeout is blamed on the fault that the time went to", "[why][inquiry]") {
    auto const r = slowAutos();
    auto const blame = blameOf(r, {timedOut(15, 0.5)});
    CHECK(blame.weightOf(event(autosSlow)) == Approx(1));
}

TEST_CASE("a timeout with nothing in the way is too short", "[why][inquiry]") {
    auto const blame = blameOf(calmRecord(), {timedOut(5, 0.02)});
    CHECK(blame.weightOf({CauseKind::ShortTimeout, visitorsToSite}) == 1);
}

TEST_CASE("slow work that nothing explains is too slow for the timeout, not a cause of its own",
          "[why][inquiry]") {
    auto const blame = blameOf(calmRecord(), {timedOut(5, 2)});
    CHECK(blame.weightOf({CauseKind::ShortTimeout, visitorsToSite}) == 1);
}

TEST_CASE("a timeout that somebody set during the run is his doing", "[why][inquiry]") {
    ShopRecord r;
    r.until(5, calm())
        .at(5, record::EventBegan{retune, {}, {visitorsToSite}, {}})
        .ends(5, retune)
        .until(30, calm());
    CHECK(blameOf(r, {timedOut(10, 0.02)}).weightOf(event(retune)) == 1);
    CHECK(blameOf(r, {timedOut(4, 0.02)}).weightOf(event(retune)) == 0);
}

TEST_CASE("time on a cut line is the line's", "[why][inquiry]") {
    ShopRecord r;
    r.until(5, calm()).begins(5, lineCut).until(10, calm()).ends(10, lineCut).until(30, calm());
    auto request = timedOut(6, 1);
    request.spans[1].arrived = request.spans[1].started = request.spans[1].ended = never;
    CHECK(blameOf(r, {request}).weightOf(event(lineCut)) > 0.9);
}

TEST_CASE("a message that is long under way without a fault is the network's", "[why][inquiry]") {
    auto request = timedOut(6, 1);
    request.spans[1].arrived = request.spans[1].started = request.spans[1].ended = never;
    auto const blame = blameOf(calmRecord(), {request});
    CHECK(blame.weightOf({CauseKind::Network, siteToAutos}) > 0.9);
}

TEST_CASE("a deadline is shared by all attempts that it ended", "[why][inquiry]") {
    auto first = attempt(visitorsToSite, nobody, 5, 2);
    first.arrived = first.started = first.ended = never;
    first.cause = Cause::Timeout;
    auto second = timedOut(12, 2, Cause::Deadline).spans;
    second[1].parent = 1;
    auto request = bad(Outcome::TimedOut, {first, second[0], second[1]});
    request.ended = sec(14);
    ShopRecord r;
    r.begins(0, autosSlow).at(0, record::EventBegan{lineCut, {}, {visitorsToSite}, {}});
    r.until(30, calm());
    auto const blame = blameOf(r, {request});
    CHECK(blame.weightOf(event(lineCut)) == Approx(0.5).margin(0.01));
    CHECK(blame.weightOf(event(autosSlow)) == Approx(0.5).margin(0.01));
}

TEST_CASE("an error reply is blamed on the call below that failed", "[why][inquiry]") {
    auto const r = slowAutos();
    auto const blame = blameOf(r, {failedBelow(15, Cause::BulkheadFull)});
    CHECK(blame.weightOf(event(autosSlow)) == Approx(1));
}

TEST_CASE("an error that nothing below explains is the service's own", "[why][inquiry]") {
    auto request = failedBelow(5, Cause::Cancelled);
    CHECK(blameOf(calmRecord(), {request}).weightOf({CauseKind::OwnErrors, site}) == 1);
}

TEST_CASE("gates that are full in ordinary times are too narrow", "[why][inquiry]") {
    auto const r = calmRecord();
    CHECK(blameOf(r, {failedBelow(5, Cause::BulkheadFull)})
              .weightOf({CauseKind::Bulkhead, siteToAutos})
          == 1);
    CHECK(blameOf(r, {failedBelow(5, Cause::PoolFull)}).weightOf({CauseKind::Pool, siteToAutos})
          == 1);
    CHECK(blameOf(r, {failedBelow(5, Cause::RateLimited)})
              .weightOf({CauseKind::RateLimit, siteToAutos})
          == 1);
}

TEST_CASE("an open breaker is blamed on what its call failed of lately, however long ago",
          "[why][inquiry]") {
    auto r = slowAutos();
    r.until(200, calm());
    auto const blame =
        blameOf(r, {failedBelow(15, Cause::BulkheadFull), failedBelow(190, Cause::BreakerOpen)});
    CHECK(blame.weightOf(event(autosSlow)) == Approx(1));
}

TEST_CASE(
    "a breaker that opened for failures not recorded is blamed on what was done to the callee "
    "within a minute",
    "[why][inquiry]") {
    auto r = slowAutos();
    r.until(200, calm());
    CHECK(blameOf(r, {failedBelow(70, Cause::BreakerOpen)}).weightOf(event(autosSlow)) == 1);
    CHECK(blameOf(r, {failedBelow(90, Cause::BreakerOpen)})
              .weightOf({CauseKind::TrippedBreaker, siteToAutos})
          == 1);
}

TEST_CASE("the latest failures of a call count most", "[why][inquiry]") {
    auto r = slowAutos();
    r.until(200, calm());
    std::vector<record::Request> requests;
    for (int i = 0; i < 5; ++i) {
        requests.push_back(failedBelow(15, Cause::BulkheadFull));
    }
    for (int i = 0; i < 100; ++i) {
        requests.push_back(failedBelow(150, Cause::RateLimited));
    }
    requests.push_back(failedBelow(190, Cause::BreakerOpen));
    auto const blame = blameOf(r, requests);
    CHECK(blame.weightOf({CauseKind::RateLimit, siteToAutos}) > 0.9);
    CHECK(blame.weightOf(event(autosSlow)) > 0.01);
}

TEST_CASE("a breaker that opened for nothing recorded is named itself", "[why][inquiry]") {
    auto const blame = blameOf(calmRecord(), {failedBelow(5, Cause::BreakerOpen)});
    CHECK(blame.weightOf({CauseKind::TrippedBreaker, siteToAutos}) == 1);
}

TEST_CASE("a breaker that was opened by hand is the hand's", "[why][inquiry]") {
    using record::BreakerState;
    ShopRecord r;
    r.until(5, calm())
        .at(5, record::EventBegan{retune, {}, {siteToAutos}, {}})
        .at(5,
            record::BreakerChanged{siteToAutos, 0, BreakerState::Closed, BreakerState::ForcedOpen})
        .until(30, calm());
    CHECK(blameOf(r, {failedBelow(10, Cause::BreakerOpen)}).weightOf(event(retune)) == 1);
}

TEST_CASE("an injected error is the fault's that injects as the request begins", "[why][inquiry]") {
    auto header = shopHeader();
    header.verbs[autosSlow] = "errors";
    ShopRecord r(header);
    r.until(5, calm()).begins(5, autosSlow).until(10, calm()).ends(10, autosSlow);
    r.until(30, calm());
    auto const failing = [](double at) {
        auto request = failedBelow(at, Cause::Injected);
        auto& span = request.spans[1];
        span.replica = 0;
        span.arrived = span.started = span.ended = span.answered;
        return request;
    };
    CHECK(blameOf(r, {failing(7)}).weightOf(event(autosSlow)) == 1);
    CHECK(blameOf(r, {failing(20)}).weightOf({CauseKind::OwnErrors, autos}) == 1);
    auto late = failing(7); // a `fail` step after some work
    late.spans[1].started = late.spans[1].sent - 2_ms;
    CHECK(blameOf(r, {late}).weightOf({CauseKind::OwnErrors, autos}) == 1);
}

TEST_CASE("a callee that is gone is blamed on what took it, also some time after",
          "[why][inquiry]") {
    ShopRecord r;
    r.until(5, calm()).begins(5, rollOut).until(6, calm()).ends(6, rollOut).until(30, calm());
    auto const refused = [](double at) {
        auto request = refusedAt(at);
        request.spans[0].cause = Cause::Refused;
        return request;
    };
    CHECK(blameOf(r, {refused(5.5)}).weightOf(event(rollOut)) == 1);
    CHECK(blameOf(r, {refused(25.5)}).weightOf(event(rollOut)) == 1);
    CHECK(blameOf(r, {refused(2.5)}).weightOf({CauseKind::NobodyThere, site}) == 1);
}

TEST_CASE("a late answer is blamed on where its time went", "[why][inquiry]") {
    ShopRecord r;
    r.until(5, calm()).begins(5, autosSlow).until(30, calm());
    auto const slow = bad(Outcome::Ok, {attempt(visitorsToSite, nobody, 10, 0.5),
                                        attempt(siteToAutos, 0, 10.005, 0.49)});
    CHECK(blameOf(r, {slow}).weightOf(event(autosSlow)) == Approx(1));
}

TEST_CASE("a late answer that nothing explains is slow work", "[why][inquiry]") {
    auto const slow = bad(Outcome::Ok, {attempt(visitorsToSite, nobody, 10, 0.5)});
    CHECK(blameOf(calmRecord(), {slow}).weightOf({CauseKind::SlowWork, site}) == Approx(1));
}

TEST_CASE("a degraded answer is blamed on the failed call behind it", "[why][inquiry]") {
    auto const r = slowAutos();
    auto request = failedBelow(15, Cause::BulkheadFull);
    request.outcome = Outcome::Degraded;
    request.spans[0].cause = Cause::None;
    CHECK(blameOf(r, {request}).weightOf(event(autosSlow)) == Approx(1));
}

TEST_CASE("the time of a call that was not waited for is not on the critical path",
          "[why][inquiry]") {
    ShopRecord r;
    r.until(5, calm()).begins(5, autosSlow).until(30, calm());
    auto hedge = attempt(siteToAutos, 0, 10.002, 0.4);
    hedge.answered = never; // site answered without it
    auto request = bad(Outcome::Ok, {attempt(visitorsToSite, nobody, 10, 0.5), hedge});
    CHECK(blameOf(r, {request}).weightOf({CauseKind::SlowWork, site}) == Approx(1));
}

TEST_CASE("an attempt without any span is blamed on nobody", "[why][inquiry]") {
    auto const r = calmRecord();
    Pools const pools(r.course());
    Inquiry inquiry(r.course(), pools);
    record::Request request;
    request.outcome = Outcome::Failed;
    CHECK(inquiry.ask(request).blame.blamesNobody());
}

TEST_CASE("the deepest way that is kept is walked to its end", "[why][inquiry]") {
    std::vector<record::Span> spans{attempt(visitorsToSite, nobody, 1, 10)};
    for (std::uint32_t i = 1; i < Course::deepest; ++i) {
        spans.push_back(attempt(siteToAutos, i - 1, 1 + 0.002 * i, 10));
    }
    for (auto& s : spans) {
        s.cause = Cause::Timeout;
        s.started = s.arrived = s.sent;
        s.answered = s.ended = never;
    }
    auto request = bad(Outcome::TimedOut, spans);
    request.ended = sec(20);
    ShopRecord r;
    r.add(request).until(30, calm());
    REQUIRE(r.course().requests().size() == 1);
    CHECK(blameOf(r, {request}).total() == Approx(1));
}
