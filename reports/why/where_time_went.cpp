#include "reports/why/where_time_went.hpp"

#include <algorithm>

#include "reports/why/event_shares.hpp"

namespace shakedown::why {

using record::Cause;
using record::nobody;

namespace {

SimTime earlier(SimTime a, SimTime b) {
    return std::min(a, b);
}

double between(SimTime from, SimTime to) {
    return to > from ? (to - from).inSeconds() : 0;
}

} // namespace

Shares WhereTimeWent::of(std::uint32_t i, SimTime until) const {
    auto const& s = span(i);
    std::uint32_t const service = calleeOf(i);
    Shares shares;
    SimTime const arrived = earlier(s.arrived, until);
    shares.add(messages(i, s.sent, arrived));
    if (s.arrived >= until) {
        return shares;
    }
    SimTime const started = earlier(earlier(s.started, s.ended), until);
    double const waited = between(s.arrived, started);
    if (waited > 0) {
        std::size_t const first = course_.stretchAt(s.arrived);
        std::size_t const last = course_.stretchAt(started);
        std::size_t const stretch = (first + last) / 2;
        Shares const& queued = pools_.queued(service, stretch);
        if (queued.blamesNobody()) {
            Shares const& held = pools_.held(service, stretch);
            Shares why = held;
            if (held.blamesNobody()
                && course_.stretches()[stretch].what.services[service].utilisation > 0.8) {
                why = configured(course_, {CauseKind::Overload, service}, s.arrived);
            }
            shares.add(why, waited);
        } else {
            shares.add(queued, waited);
        }
    }
    if (s.started < until) {
        shares.add(inService(i, s.started, earlier(s.ended, until)));
    }
    if (s.ended < until) {
        shares.add(messages(i, s.ended, until));
    }
    return shares;
}

// Back from the end along the calls that were waited for last: the critical path.
Shares WhereTimeWent::inService(std::uint32_t i, SimTime from, SimTime until) const {
    Shares shares;
    std::vector<std::uint32_t> below = tree_.below(i);
    std::sort(below.begin(), below.end(), [&](std::uint32_t a, std::uint32_t b) {
        return span(a).answered != span(b).answered ? span(a).answered > span(b).answered
                                                    : span(a).sent > span(b).sent;
    });
    SimTime at = until;
    double ownSeconds = 0;
    for (std::uint32_t const child : below) {
        auto const& s = span(child);
        // Who answered without it did not wait for it.
        bool const wasWaitedFor = s.answered != SimTime::never() || span(i).ended > until;
        if (s.sent >= at || s.sent < from || s.cause == Cause::Cancelled || !wasWaitedFor) {
            continue;
        }
        SimTime const end = earlier(s.answered, at);
        ownSeconds += between(end, at);
        shares.add(of(child, end));
        at = s.sent;
    }
    ownSeconds += between(from, at);
    shares.add(own(i, Duration::fromSeconds(ownSeconds), from, until));
    return shares;
}

Shares WhereTimeWent::own(std::uint32_t i, Duration time, SimTime from, SimTime until) const {
    auto const& s = span(i);
    auto const& expected = course_.header().expected;
    std::uint32_t const service = calleeOf(i);
    double const ordinary = s.endpoint < expected.size() ? expected[s.endpoint].inSeconds() : 0;
    double const seconds = time.inSeconds();
    Shares shares;
    double const excess = std::max(0.0, seconds - ordinary);
    shares.addOrdinary(std::min(seconds, ordinary));
    auto const events = course_.onService(service, s.replica, Effect::Slows, from, until);
    std::uint32_t const user = course_.neighbourOf(service, from, until);
    if (!events.empty()) {
        addEvents(shares, events, excess);
    } else if (user != nobody && user != service) {
        shares.add({CauseKind::Neighbour, user}, excess);
    } else {
        // Three times the mean is nothing special yet.
        double const surplus = std::max(0.0, seconds - 3 * ordinary);
        shares.add({CauseKind::SlowWork, service}, surplus);
        shares.addOrdinary(excess - surplus);
    }
    return shares;
}

Shares WhereTimeWent::messages(std::uint32_t i, SimTime from, SimTime until) const {
    auto const& s = span(i);
    double const seconds = between(from, until);
    Shares shares;
    if (seconds <= 0) {
        return shares;
    }
    auto events = course_.onCall(s.call, Effect::Disturbs, from - echo, until);
    std::uint32_t const service = calleeOf(i);
    if (events.empty()) {
        // A process that hangs takes nothing in.
        events = course_.onService(service, s.replica, Effect::TakesAway, from - echo, until);
    }
    if (events.empty() && s.parent != nobody) {
        // Nor does it take its answers when the caller is the one who is gone.
        events = course_.onService(calleeOf(s.parent), span(s.parent).replica, Effect::TakesAway,
                                   from - echo, until);
    }
    if (events.empty()) {
        // Short of a millisecond or so a network is a network.
        bool const isLong = seconds > 0.1;
        if (isLong) {
            shares.add({CauseKind::Network, s.call}, seconds);
        } else {
            shares.addOrdinary(seconds);
        }
        return shares;
    }
    addEvents(shares, events, seconds);
    return shares;
}

} // namespace shakedown::why
