#include "reports/why/inquiry.hpp"

#include <algorithm>

namespace shakedown::why {

using record::Cause;
using record::nobody;

namespace {

// What is less of a wait than this is not what the wait was for.
constexpr double noteworthy = 0.1;
// How much of what was known of a call's failures counts beside the next one.
constexpr double memory = 0.97;

SimTime earlier(SimTime a, SimTime b) {
    return std::min(a, b);
}

double between(SimTime from, SimTime to) {
    return to > from ? (to - from).inSeconds() : 0;
}

} // namespace

Inquiry::Inquiry(Course const& course, Pools const& pools) : course_(course), pools_(pools) {
    lately_.resize(course.header().names.calls.size());
}

void Inquiry::prepare(record::Request const& request) {
    request_ = &request;
    children_.assign(request.spans.size(), {});
    roots_.clear();
    known_.assign(request.spans.size(), std::nullopt);
    for (std::uint32_t i = 0; i < request.spans.size(); ++i) {
        std::uint32_t const parent = request.spans[i].parent;
        (parent == nobody ? roots_ : children_[parent]).push_back(i);
    }
}

SimTime Inquiry::endOfSpan(std::uint32_t i) const {
    return earlier(span(i).answered, request_->ended);
}

Inquiry::Answer Inquiry::ask(record::Request const& request) {
    prepare(request);
    Answer answer;
    auto const last = lastAttempt();
    if (!last) {
        return answer;
    }
    // Every attempt that failed teaches why its call fails, also those that were made good.
    for (std::uint32_t i = static_cast<std::uint32_t>(request.spans.size()); i-- > 0;) {
        if (span(i).cause != Cause::None && span(i).cause != Cause::Cancelled) {
            remember(i, endOf(i));
        }
    }
    bool const failed =
        request.outcome != measure::Outcome::Ok && request.outcome != measure::Outcome::Degraded;
    answer.blame = failed ? endOf(*last) : late(*last).blame();
    for (std::uint32_t const i : wayDown(request)) {
        answer.path.push_back(span(i).call);
    }
    answer.proximate = proximateOf(request);
    if (answer.blame.blamesNobody()) {
        std::uint32_t const service = calleeOf(*last);
        answer.blame = Shares::of({CauseKind::SlowWork, service == nobody ? 0 : service});
    }
    return answer;
}

Shares Inquiry::blameFor(record::Request const& request, std::uint32_t i) {
    prepare(request);
    return endOf(i);
}

// Of the load's own attempts the one that decided.
std::optional<std::uint32_t> Inquiry::lastAttempt() const {
    return roots_.empty() ? std::nullopt : std::optional(roots_.back());
}

// Of the attempts below, the failed one that was answered last before its parent answered.
std::optional<std::uint32_t> Inquiry::failedChild(std::uint32_t parent) const {
    SimTime const until = earlier(span(parent).ended, endOfSpan(parent));
    std::optional<std::uint32_t> last;
    for (std::uint32_t const child : children_[parent]) {
        auto const& s = span(child);
        bool const failed =
            s.cause != Cause::None && s.cause != Cause::Cancelled && s.answered <= until;
        if (failed && (!last || s.answered >= span(*last).answered)) {
            last = child;
        }
    }
    return last;
}

// Adds up to 1, or blames nobody.
Shares Inquiry::endOf(std::uint32_t i) {
    if (!known_[i]) {
        known_[i] = Shares(); // a circle is not walked twice
        known_[i] = reasonOf(i).blame();
    }
    return *known_[i];
}

Shares Inquiry::reasonOf(std::uint32_t i) {
    auto const& s = span(i);
    SimTime const at = endOfSpan(i);
    switch (s.cause) {
    case Cause::None:
        return late(i);
    case Cause::ErrorReply:
        return errorReply(i);
    case Cause::Timeout:
    case Cause::Deadline:
        return timedOut(i);
    case Cause::QueueFull:
    case Cause::QueueTimeout:
    case Cause::Shed:
        return refusedByCallee(i);
    case Cause::BreakerOpen:
    case Cause::Throttled:
        return tripped(i);
    case Cause::BulkheadFull:
        return gate(i, CauseKind::Bulkhead);
    case Cause::PoolFull:
        return gate(i, CauseKind::Pool);
    case Cause::RateLimited:
        return configured({CauseKind::RateLimit, s.call}, at);
    case Cause::Refused:
    case Cause::NoReplica:
    case Cause::Draining:
    case Cause::Reset:
        return goneCallee(i);
    case Cause::Injected:
        return injected(i);
    case Cause::Cancelled:
        break;
    }
    return Shares();
}

// A number that somebody set during the run is his doing.
Shares Inquiry::configured(FirstCause cause, SimTime at) const {
    bool const isOfCall = cause.kind == CauseKind::ShortTimeout || cause.kind == CauseKind::Bulkhead
                          || cause.kind == CauseKind::Pool || cause.kind == CauseKind::RateLimit;
    auto const events = isOfCall ? course_.onCall(cause.of, Effect::Sets, at, at)
                                 : course_.onService(cause.of, nobody, Effect::Sets, at, at);
    Shares shares;
    addEvents(shares, events, 1);
    return events.empty() ? Shares::of(cause) : shares;
}

Shares Inquiry::errorReply(std::uint32_t i) {
    if (auto const child = failedChild(i)) {
        return endOf(*child);
    }
    return configured({CauseKind::OwnErrors, calleeOf(i)}, endOfSpan(i));
}

// An errors fault ends a request as it begins; a `fail` step later, or with the same instant when
// nothing came before it.
Shares Inquiry::injected(std::uint32_t i) {
    auto const& s = span(i);
    // The status of an error is handed on by who called.
    if (auto const child = failedChild(i); child && span(*child).answered == s.ended) {
        return endOf(*child);
    }
    SimTime const from = s.started == SimTime::never() ? s.sent : s.started;
    Shares shares;
    if (s.ended == s.started) {
        addEvents(shares, course_.onService(calleeOf(i), s.replica, Effect::Fails, from, from), 1);
        addEvents(shares, course_.onCall(s.call, Effect::Fails, from, from), 1);
    }
    return shares.blamesNobody() ? configured({CauseKind::OwnErrors, calleeOf(i)}, from) : shares;
}

Shares Inquiry::refusedByCallee(std::uint32_t i) {
    auto const& s = span(i);
    std::uint32_t const service = calleeOf(i);
    SimTime const at = s.arrived == SimTime::never() ? endOfSpan(i) : s.arrived;
    std::size_t const stretch = course_.stretchAt(at);
    Shares const& queued = pools_.queued(service, stretch);
    if (!queued.blamesNobody()) {
        return queued;
    }
    Shares const& held = pools_.held(service, stretch);
    if (held.blamed() > held.ordinary()) {
        return held;
    }
    double const utilisation = course_.stretches()[stretch].what.services[service].utilisation;
    if (s.cause == Cause::Shed) {
        return configured({CauseKind::ServerLimit, service}, at);
    }
    return configured({utilisation > 0.9 ? CauseKind::Overload : CauseKind::ShortQueue, service},
                      at);
}

// The process is gone, or takes nothing new, or the connection broke.
Shares Inquiry::goneCallee(std::uint32_t i) {
    auto const& s = span(i);
    SimTime const at = endOfSpan(i);
    std::uint32_t const service = calleeOf(i);
    Shares shares;
    if (s.cause == Cause::Reset) {
        addEvents(shares, course_.onCall(s.call, Effect::Disturbs, s.sent, at), 1);
    }
    if (shares.blamesNobody()) {
        addEvents(shares, course_.onService(service, s.replica, Effect::TakesAway, s.sent, at), 1);
    }
    if (shares.blamesNobody() && s.cause == Cause::NoReplica) {
        // Ejected for failures, or the only one left.
        shares = tripped(i);
        if (!shares.blamesNobody()
            && shares.entries().front().first.kind != CauseKind::TrippedBreaker) {
            return shares;
        }
        shares.clear();
    }
    if (shares.blamesNobody()) {
        addEvents(shares, course_.lastOnService(service, s.replica, Effect::TakesAway, at), 1);
    }
    return shares.blamesNobody() ? configured({CauseKind::NobodyThere, service}, at) : shares;
}

// A breaker, or what else learns from failures: for what the call failed of lately.
Shares Inquiry::tripped(std::uint32_t i) {
    auto const& s = span(i);
    SimTime const at = endOfSpan(i);
    bool byHand = false;
    for (auto const& change : course_.breakers(s.call)) {
        if (change.at <= at) {
            byHand = change.to == record::BreakerState::ForcedOpen;
        }
    }
    Shares shares;
    if (byHand) {
        addEvents(shares, course_.onCall(s.call, Effect::Sets, at, at), 1);
        if (!shares.blamesNobody()) {
            return shares;
        }
    }
    if (!lately_[s.call].blamesNobody()) {
        return lately_[s.call];
    }
    // Failures before the first one recorded: what is wrong with the callee now.
    shares = pools_.call(s.call, course_.stretchAt(at)).blame();
    std::uint32_t const service = calleeOf(i);
    for (auto const effect : {Effect::TakesAway, Effect::Fails, Effect::Slows}) {
        if (shares.blamesNobody() && service != nobody) {
            addEvents(shares,
                      course_.onService(service, nobody, effect, at - Duration::seconds(60), at),
                      1);
        }
    }
    return shares.blamesNobody() ? Shares::of({CauseKind::TrippedBreaker, s.call}) : shares;
}

// Permits and connections are held by calls under way.
Shares Inquiry::gate(std::uint32_t i, CauseKind kind) {
    SimTime const at = endOfSpan(i);
    Shares const now = pools_.call(span(i).call, course_.stretchAt(at));
    if (now.blamed() > noteworthy) {
        return now;
    }
    return configured({kind, span(i).call}, at);
}

Shares Inquiry::timedOut(std::uint32_t i) {
    SimTime const until = endOfSpan(i);
    Shares shares = timeOf(i, until);
    // A deadline ends all attempts: those before took their part of it.
    if (span(i).cause == Cause::Deadline) {
        auto const& siblings = span(i).parent == nobody ? roots_ : children_[span(i).parent];
        for (std::uint32_t const other : siblings) {
            if (other < i && span(other).call == span(i).call) {
                shares.add(timeOf(other, endOfSpan(other)));
            }
        }
    }
    double const all = shares.total();
    // What takes long by itself is too long for the timeout.
    Shares blame;
    for (auto const& [cause, weight] : shares.entries()) {
        if (cause.kind == CauseKind::SlowWork) {
            blame.add(configured({CauseKind::ShortTimeout, span(i).call}, until), weight);
        } else {
            blame.add(cause, weight);
        }
    }
    if (blame.blamed() < noteworthy * all || blame.blamesNobody()) {
        return configured({CauseKind::ShortTimeout, span(i).call}, until);
    }
    return blame;
}

// Answered, but late, or degraded: for what failed below, else for where the time went.
Shares Inquiry::late(std::uint32_t i) {
    bool const isDegraded = request_->outcome == measure::Outcome::Degraded;
    if (isDegraded) {
        if (span(i).cause != Cause::None) {
            return endOf(i); // a fallback of the load's own call
        }
        Shares below;
        for (std::uint32_t k = 0; k < request_->spans.size(); ++k) {
            if (span(k).cause != Cause::None && span(k).cause != Cause::Cancelled
                && span(k).cause != Cause::ErrorReply) {
                below.add(endOf(k));
            }
        }
        if (!below.blamesNobody()) {
            return below;
        }
        // A service that is always degraded.
        return configured({CauseKind::OwnErrors, calleeOf(i)}, endOfSpan(i));
    }
    Shares shares;
    for (std::uint32_t const root : roots_) {
        shares.add(timeOf(root, endOfSpan(root)));
    }
    if (shares.blamed() < noteworthy * shares.total() || shares.blamesNobody()) {
        return Shares::of({CauseKind::SlowWork, calleeOf(i)});
    }
    return shares;
}

// Where the time of an attempt went, in seconds.
Shares Inquiry::timeOf(std::uint32_t i, SimTime until) {
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
                why = configured({CauseKind::Overload, service}, s.arrived);
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
Shares Inquiry::inService(std::uint32_t i, SimTime from, SimTime until) {
    Shares shares;
    std::vector<std::uint32_t> below = children_[i];
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
        shares.add(timeOf(child, end));
        at = s.sent;
    }
    ownSeconds += between(from, at);
    shares.add(own(i, Duration::fromSeconds(ownSeconds), from, until));
    return shares;
}

Shares Inquiry::own(std::uint32_t i, Duration time, SimTime from, SimTime until) {
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

Shares Inquiry::messages(std::uint32_t i, SimTime from, SimTime until) {
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

void Inquiry::remember(std::uint32_t i, Shares const& blame) {
    Cause const cause = span(i).cause;
    if (cause == Cause::BreakerOpen || cause == Cause::Throttled || cause == Cause::NoReplica
        || blame.blamesNobody()) {
        return;
    }
    Shares& lately = lately_[span(i).call];
    lately.scale(memory);
    lately.add(blame, 1 - memory);
    lately = lately.blame();
}

} // namespace shakedown::why
