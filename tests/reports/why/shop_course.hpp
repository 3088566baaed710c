#pragma once

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "reports/why/account.hpp"
#include "reports/why/course.hpp"

/// A small shop whose record is written by hand, a second an interval: visitors and buyers call
/// site, site calls autos. Requests are in time up to 100 ms.
namespace shakedown::tests {

using namespace shakedown::literals;
using record::Cause;

enum Load : std::uint32_t { visitors, buyers };
enum Service : std::uint32_t { site, autos };
enum Call : std::uint32_t { visitorsToSite, buyersToSite, siteToAutos };
enum Event : std::uint32_t { autosSlow, lineCut, rollOut, retune };

inline constexpr SimTime never = SimTime::never();

inline SimTime sec(double seconds) {
    return SimTime::at(Duration::fromSeconds(seconds));
}

inline record::Header shopHeader() {
    record::Header h;
    h.scenario = "shop";
    h.seed = 7;
    h.lasts = 60_s;
    h.interval = 1_s;
    h.names = {{"visitors", "buyers"},
               {"site", "autos"},
               {"site/page", "autos/search"},
               {"visitors -> site", "buyers -> site", "site -> autos"},
               {"autos-slow", "line-cut", "roll-out", "retune"},
               {"north-1"},
               {}};
    h.replicas = {2, 1};
    h.workers = {10, 4};
    h.faults = {2};
    h.verbs = {"slow", "partition", "deploy", "set"};
    h.owners = {"web-team", "car-team"};
    h.capacities = {20, record::nobody};
    h.inTime = {100_ms, Duration::none()};
    h.expected = {5_ms, 20_ms};
    return h;
}

/// A second in which 100 visitors are answered and every fourth worker is busy.
inline record::Interval calm() {
    record::Interval i;
    i.loads = {{100, 100, 0, 0, 0, 0, 100, 30_ms, 40_ms, 50_ms}, {}};
    i.services = {{0, 5, 100, 100, 0, 0.25}, {0, 2, 100, 100, 0, 0.5}};
    i.calls = {{100, 100}, {}, {100, 100}};
    i.calls[visitorsToSite].waiting = 5;
    i.calls[siteToAutos].waiting = 2;
    return i;
}

/// All workers of site wait for autos, which has all of its own at work and a queue; of 100
/// visitors so many are refused by site.
inline record::Interval jammed(std::uint32_t refused = 50) {
    record::Interval i = calm();
    i.loads[visitors].ok = i.loads[visitors].good = 100 - refused;
    i.loads[visitors].rejected = refused;
    i.services[site] = {20, 20, 100, 100 - refused, refused, 1};
    i.services[autos] = {16, 4, 50, 50, 0, 1};
    i.calls[visitorsToSite].failures = refused;
    i.calls[visitorsToSite].waiting = 40;
    i.calls[siteToAutos] = {50, 50};
    i.calls[siteToAutos].waiting = 20;
    return i;
}

/// An attempt that was answered well: sent at `at`, a millisecond on each way, work in between.
inline record::Span attempt(std::uint32_t call, std::uint32_t parent, double at, double took) {
    record::Span s;
    s.parent = parent;
    s.call = call;
    s.endpoint = call == siteToAutos ? 1 : 0;
    s.replica = 0;
    s.sent = sec(at);
    s.arrived = s.started = sec(at + 0.001);
    s.ended = sec(at + took - 0.001);
    s.answered = sec(at + took);
    return s;
}

/// One that never got a worker: refused by the callee as it arrived.
inline record::Span refusal(std::uint32_t call, std::uint32_t parent, double at, Cause cause) {
    record::Span s = attempt(call, parent, at, 0.002);
    s.started = never;
    s.cause = cause;
    return s;
}

/// One that did not reach the callee: refused by the caller's own policies.
inline record::Span unsent(std::uint32_t call, std::uint32_t parent, double at, Cause cause) {
    record::Span s = attempt(call, parent, at, 0);
    s.replica = record::nobody;
    s.arrived = s.started = s.ended = never;
    s.answered = sec(at);
    s.cause = cause;
    return s;
}

inline record::Request bad(measure::Outcome outcome, std::vector<record::Span> spans,
                           std::uint32_t load = visitors) {
    record::Request r;
    r.load = load;
    r.intended = spans.front().sent;
    r.ended = spans.front().answered;
    r.outcome = outcome;
    r.cause = spans.front().cause;
    r.spans = std::move(spans);
    return r;
}

/// Refused by the full queue of site.
inline record::Request refusedAt(double at, std::uint32_t load = visitors) {
    std::uint32_t const call = load == visitors ? visitorsToSite : buyersToSite;
    return bad(measure::Outcome::Rejected, {refusal(call, record::nobody, at, Cause::QueueFull)},
               load);
}

/// A request whose call from site to autos fails at once of something, and fails with it.
inline record::Request failedBelow(double at, Cause cause) {
    auto root = attempt(visitorsToSite, record::nobody, at, 0.01);
    root.cause = Cause::ErrorReply;
    auto below = unsent(siteToAutos, 0, at + 0.005, cause);
    return bad(measure::Outcome::Failed, {root, below});
}

/// A record as it is being written: moments in order, an interval each second.
class ShopRecord {
public:
    explicit ShopRecord(record::Header const& header = shopHeader()) { course_->begin(header); }

    ShopRecord& at(double seconds, record::MomentKind what) {
        course_->take({sec(seconds), std::move(what)});
        return *this;
    }
    ShopRecord& add(record::Request const& request) {
        course_->take({request.ended == never ? sec(second_) : request.ended, request});
        return *this;
    }
    /// The seconds up to `until`, each like this one.
    ShopRecord& until(int until, record::Interval const& like) {
        while (second_ < until) {
            ++second_;
            course_->take({sec(second_), like});
        }
        return *this;
    }
    ShopRecord& begins(double seconds, Event event) {
        record::EventBegan began{event};
        if (event == lineCut) {
            began.calls = {siteToAutos};
        } else if (event == rollOut || event == retune) {
            began.replicas = {{site, 0}, {site, 1}};
        } else {
            began.replicas = {{autos, 0}};
        }
        return at(seconds, began);
    }
    ShopRecord& ends(double seconds, Event event) { return at(seconds, record::EventEnded{event}); }
    why::Course const& course() const { return *course_; }

private:
    std::unique_ptr<why::Course> course_ = std::make_unique<why::Course>();
    int second_ = 0;
};

/// Autos slow from 10 s to 20 s; site is full meanwhile and for five seconds more.
inline ShopRecord slowAutos() {
    ShopRecord r;
    r.until(10, calm()).begins(10, autosSlow);
    for (int second = 10; second < 20; ++second) {
        r.add(refusedAt(second + 0.5)).until(second + 1, jammed());
    }
    r.ends(20, autosSlow);
    for (int second = 20; second < 25; ++second) {
        r.add(refusedAt(second + 0.5)).until(second + 1, jammed());
    }
    r.until(60, calm());
    return r;
}

inline why::FirstCause event(Event e) {
    return {why::CauseKind::Event, e};
}

inline double shareOf(why::Account const& account, why::FirstCause cause) {
    for (auto const& blamed : account.causes) {
        if (blamed.cause == cause) {
            return blamed.share;
        }
    }
    return 0;
}

inline why::Account explained(ShopRecord const& r, why::Subject subject = {}) {
    why::Pools const pools(r.course());
    return why::explain(r.course(), pools, subject);
}

} // namespace shakedown::tests
