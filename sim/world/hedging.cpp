#include "sim/world/world.hpp"

namespace shakedown::world {

using kernel::EventClass;
using resilience::HedgeDecision;

// A hedged call does not send anything itself: each of its attempts is a call of its own, a leg,
// with its own replica, guards and timeout. The first good answer wins and the other legs are given
// up; what a failure means is the dialect's affair.

void World::beginHedging(Call& leader) {
    leader.phase = CallPhase::Hedging;
    detailsOf(leader).legsBegun = detailsOf(leader).legsOpen = 0;
    beginLeg(leader);
}

// The timer of the next leg is armed first, because a leg that is refused at once may end the call.
void World::beginLeg(Call& leader) {
    HedgePolicy const& hedge = *plan_.edges[leader.edge].policy.hedge;
    disarm(leader.alarm);
    CallDetails& details = detailsOf(leader);
    bool const isHedge = details.legsBegun > 0;
    ++details.legsBegun;
    ++details.legsOpen;
    auto const delay = protectionOf(leader).hedgeDelay->current();
    if (details.legsBegun <= hedge.most && delay)
        leader.alarm = Alarm(kernel_.schedule(kernel_.now() + *delay, EventClass::Timer,
                                              eventOf(EventKind::HedgeDue, leader)));
    Call& leg = calls_.take();
    leg.edge = leader.edge;
    leg.site = leader.site;
    leg.request = leader.request;
    leg.key = leader.key;
    leg.caller = leader.caller;
    leg.isOfLoad = leader.isOfLoad;
    leg.deadline = leader.deadline;
    leg.attempts = leader.attempts++;
    leg.isLeg = true;
    leg.isHedge = isHedge;
    leg.countsAsRetry = leader.countsAsRetry;
    leader.countsAsRetry = false;
    CallDetails& ofLeg = addDetails(leg);
    ofLeg.begun = kernel_.now();
    if (isTracing_)
        callSpans_.put(leg.index).parent = callSpans_[leader.index].parent;
    ofLeg.lastReplica = details.lastReplica;
    leader.hedges = static_cast<std::uint16_t>(leader.hedges + (isHedge ? 1 : 0));
    ofLeg.leader = leader.index;
    leg.nextBranch = details.firstLeg;
    if (leg.nextBranch != nothing)
        calls_[leg.nextBranch].previousBranch = leg.index;
    details.firstLeg = leg.index;
    ++requests_[leg.request].parts;
    attempt(leg);
}

void World::onHedgeDue(Call& leader) {
    leader.alarm = {};
    bool const stillHedges = plan_.edges[leader.edge].policy.hedge.has_value();
    if (stillHedges && leader.phase == CallPhase::Hedging && kernel_.now() < leader.deadline)
        beginLeg(leader);
}

HedgeDecision World::afterFailedLeg(Call const& leader) const {
    CallDetails const& details = detailsOf(leader);
    auto const& hedge = plan_.edges[leader.edge].policy.hedge;
    if (!hedge) // taken away meanwhile: what is under way goes on
        return details.legsOpen > 0 ? HedgeDecision::KeepWaiting : HedgeDecision::EndNow;
    bool const mayBegin = details.legsBegun <= hedge->most && kernel_.now() < leader.deadline;
    return resilience::onHedgeFailure(hedge->dialect, mayBegin, details.legsOpen);
}

void World::legEnded(Call& leg, Cause cause, bool degraded) {
    Call& leader = calls_[detailsOf(leg).leader];
    CallDetails& details = detailsOf(leader);
    Request& request = requests_[leg.request];
    disarm(leg.alarm);
    (leg.previousBranch == nothing ? details.firstLeg : calls_[leg.previousBranch].nextBranch) =
        leg.nextBranch;
    if (leg.nextBranch != nothing)
        calls_[leg.nextBranch].previousBranch = leg.previousBranch;
    details.lastReplica = detailsOf(leg).lastReplica;
    calls_.giveBack(leg);
    --details.legsOpen;
    partEnded(request);
    if (cause == Cause::None) {
        closeLegs(leader);
        return endCall(leader, Cause::None, degraded);
    }
    leader.cause = cause;
    switch (afterFailedLeg(leader)) {
    case HedgeDecision::StartNext:
        return beginLeg(leader);
    case HedgeDecision::KeepWaiting:
        return;
    case HedgeDecision::EndNow:
        break;
    }
    closeLegs(leader);
    retryOrGiveUp(leader);
}

// The other legs have nobody left to answer to; the call says whether they are withdrawn.
void World::closeLegs(Call& leader) {
    disarm(leader.alarm);
    leader.phase = CallPhase::BackingOff;
    CallDetails& details = detailsOf(leader);
    while (details.firstLeg != nothing) {
        Call& leg = calls_[details.firstLeg];
        details.firstLeg = leg.nextBranch;
        if (leg.nextBranch != nothing)
            calls_[leg.nextBranch].previousBranch = nothing;
        --details.legsOpen;
        if (isAttempting(leg.phase))
            abandonAttempt(leg);
        disarm(leg.alarm);
        Request& request = requests_[leg.request];
        calls_.giveBack(leg);
        partEnded(request);
    }
}

} // namespace shakedown::world
