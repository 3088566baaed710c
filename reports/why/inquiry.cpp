#include "reports/why/inquiry.hpp"

#include <algorithm>

#include "reports/record/live.hpp"
#include "reports/why/event_shares.hpp"

namespace shakedown::why {

using record::Cause;
using record::nobody;

namespace {

// What is less of a wait than this is not what the wait was for.
constexpr double noteworthy = 0.1;
// How much of what was known of a call's failures counts beside the next one.
constexpr double memory = 0.97;

} // namespace

Inquiry::Inquiry(Course const& course, Pools const& pools) : course_(course), pools_(pools) {
    lately_.resize(course.header().names.calls.size());
}

void Inquiry::prepare(record::Request const& request) {
    request_ = &request;
    tree_.emplace(request);
    where_.emplace(course_, pools_, request, *tree_);
    known_.assign(request.spans.size(), std::nullopt);
}

SimTime Inquiry::endOfSpan(std::uint32_t i) const {
    return std::min(span(i).answered, request_->ended);
}

Inquiry::Answer Inquiry::ask(record::Request const& request) {
    prepare(request);
    Answer answer;
    if (tree_->roots().empty()) {
        return answer;
    }
    std::uint32_t const last = tree_->roots().back(); // the attempt that decided
    // Every attempt that failed teaches why its call fails, also those that were made good.
    for (auto i = static_cast<std::uint32_t>(request.spans.size()); i-- > 0;) {
        if (span(i).cause != Cause::None && span(i).cause != Cause::Cancelled) {
            remember(i, endOf(i));
        }
    }
    bool const failed =
        request.outcome != measure::Outcome::Ok && request.outcome != measure::Outcome::Degraded;
    answer.blame = failed ? endOf(last) : late(last).blame();
    for (std::uint32_t const i : tree_->wayDown()) {
        answer.path.push_back(span(i).call);
        answer.proximate = {span(i).cause, span(i).call};
    }
    if (answer.blame.blamesNobody()) {
        std::uint32_t const service = calleeOf(last);
        answer.blame = Shares::of({CauseKind::SlowWork, service == nobody ? 0 : service});
    }
    return answer;
}

// Adds up to 1, or blames nobody.
Shares Inquiry::endOf(std::uint32_t i) {
    if (!known_[i]) {
        known_[i] = Shares(); // a circle is not walked twice
        known_[i] = reasonOf(i).blame();
    }
    return *known_[i];
}

// From outside nothing is seen between a call and what was done on its way.
Shares Inquiry::underWay(std::uint32_t i) const {
    Shares shares;
    if (record::isLive(course_.header().platform)) {
        addEvents(shares, course_.allOnCall(span(i).call, span(i).sent, endOfSpan(i)), 1);
    }
    return shares;
}

Shares Inquiry::reasonOf(std::uint32_t i) {
    auto const& s = span(i);
    if (Shares const seen = underWay(i); !seen.blamesNobody()) {
        return seen;
    }
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
        return configured(course_, {CauseKind::RateLimit, s.call}, at);
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

Shares Inquiry::errorReply(std::uint32_t i) {
    if (auto const child = tree_->failedBelow(i)) {
        return endOf(*child);
    }
    return configured(course_, {CauseKind::OwnErrors, calleeOf(i)}, endOfSpan(i));
}

// An errors fault ends a request as it begins; a `fail` step later, or with the same instant when
// nothing came before it.
Shares Inquiry::injected(std::uint32_t i) {
    auto const& s = span(i);
    // The status of an error is handed on by who called.
    if (auto const child = tree_->failedBelow(i); child && span(*child).answered == s.ended) {
        return endOf(*child);
    }
    SimTime const from = s.started == SimTime::never() ? s.sent : s.started;
    Shares shares;
    if (s.ended == s.started) {
        addEvents(shares, course_.onService(calleeOf(i), s.replica, Effect::Fails, from, from), 1);
        addEvents(shares, course_.onCall(s.call, Effect::Fails, from, from), 1);
    }
    return shares.blamesNobody() ? configured(course_, {CauseKind::OwnErrors, calleeOf(i)}, from)
                                 : shares;
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
        return configured(course_, {CauseKind::ServerLimit, service}, at);
    }
    return configured(
        course_, {utilisation > 0.9 ? CauseKind::Overload : CauseKind::ShortQueue, service}, at);
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
    return shares.blamesNobody() ? configured(course_, {CauseKind::NobodyThere, service}, at)
                                 : shares;
}

// A breaker, or what else learns from failures: for what the call failed of lately.
Shares Inquiry::tripped(std::uint32_t i) {
    auto const& s = span(i);
    SimTime const at = endOfSpan(i);
    Shares shares;
    if (course_.isOpenByHand(s.call, at)) {
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
    return configured(course_, {kind, span(i).call}, at);
}

Shares Inquiry::timedOut(std::uint32_t i) {
    SimTime const until = endOfSpan(i);
    Shares shares = where_->of(i, until);
    // A deadline ends all attempts: those before took their part of it.
    if (span(i).cause == Cause::Deadline) {
        auto const& siblings = tree_->beside(i);
        for (std::uint32_t const other : siblings) {
            if (other < i && span(other).call == span(i).call) {
                shares.add(where_->of(other, endOfSpan(other)));
            }
        }
    }
    double const all = shares.total();
    // What takes long by itself is too long for the timeout.
    Shares blame;
    for (auto const& [cause, weight] : shares.entries()) {
        if (cause.kind == CauseKind::SlowWork) {
            blame.add(configured(course_, {CauseKind::ShortTimeout, span(i).call}, until), weight);
        } else {
            blame.add(cause, weight);
        }
    }
    if (blame.blamed() < noteworthy * all || blame.blamesNobody()) {
        return configured(course_, {CauseKind::ShortTimeout, span(i).call}, until);
    }
    return blame;
}

// Answered, but late, or degraded: for what failed below, else for where the time went.
Shares Inquiry::late(std::uint32_t i) {
    if (Shares const seen = underWay(i); !seen.blamesNobody()) {
        return seen;
    }
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
        return configured(course_, {CauseKind::OwnErrors, calleeOf(i)}, endOfSpan(i));
    }
    Shares shares;
    for (std::uint32_t const root : tree_->roots()) {
        shares.add(where_->of(root, endOfSpan(root)));
    }
    if (shares.blamed() < noteworthy * shares.total() || shares.blamesNobody()) {
        return Shares::of({CauseKind::SlowWork, calleeOf(i)});
    }
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
