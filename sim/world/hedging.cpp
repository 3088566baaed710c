#include "sim/world/world.hpp"

namespace shakedown::world {

using kernel::EventClass;
using resilience::HedgeDecision;

// A hedged call does not send anything itself: each of its attempts is a call of its own, a leg,
// with its own replica, guards and timeout. The first good answer wins and the other legs are given
// up; what a failure means is the dialect's affair.

void World::beginHedging(Call& leader) {
    leader.phase = CallPhase::Hedging;
    leader.legsBegun = leader.legsOpen = 0;
    beginLeg(leader);
}

// The timer of the next leg is armed first, because a leg that is refused at once may end the call.
void World::beginLeg(Call& leader) {
    HedgePolicy const& hedge = *plan_.edges[leader.edge].policy.hedge;
    disarm(leader.alarm);
    bool const isHedge = leader.legsBegun > 0;
    ++leader.legsBegun;
    ++leader.legsOpen;
    auto const delay = protectionOf(leader).hedgeDelay->current();
    if (leader.legsBegun <= hedge.most && delay)
        leader.alarm.single = kernel_.schedule(kernel_.now() + *delay, EventClass::Timer,
                                               eventOf(EventKind::HedgeDue, leader));
    Call& leg = calls_.take();
    leg.edge = leader.edge;
    leg.site = leader.site;
    leg.request = leader.request;
    leg.key = leader.key;
    leg.callerInstance = leader.callerInstance;
    leg.callerReplica = leader.callerReplica;
    leg.begun = kernel_.now();
    leg.deadline = leader.deadline;
    leg.parentSpan = leader.parentSpan;
    leg.lastReplica = leader.lastReplica;
    leg.attempts = leader.attempts++;
    leg.isHedge = isHedge;
    leg.countsAsRetry = std::exchange(leader.countsAsRetry, false);
    leader.hedges = static_cast<std::uint16_t>(leader.hedges + (isHedge ? 1 : 0));
    leg.leader = leader.index;
    leg.nextBranch = leader.firstLeg;
    if (leg.nextBranch != nothing)
        calls_[leg.nextBranch].previousBranch = leg.index;
    leader.firstLeg = leg.index;
    ++requests_[leg.request].parts;
    attempt(leg);
}

void World::onHedgeDue(Call& leader) {
    leader.alarm = {};
    if (leader.phase == CallPhase::Hedging && kernel_.now() < leader.deadline)
        beginLeg(leader);
}

void World::legEnded(Call& leg, Cause cause, bool degraded) {
    Call& leader = calls_[leg.leader];
    Request& request = requests_[leg.request];
    disarm(leg.alarm);
    (leg.previousBranch == nothing ? leader.firstLeg : calls_[leg.previousBranch].nextBranch) =
        leg.nextBranch;
    if (leg.nextBranch != nothing)
        calls_[leg.nextBranch].previousBranch = leg.previousBranch;
    leader.lastReplica = leg.lastReplica;
    calls_.giveBack(leg);
    --leader.legsOpen;
    partEnded(request);
    if (cause == Cause::None) {
        closeLegs(leader);
        return endCall(leader, Cause::None, degraded);
    }
    leader.cause = cause;
    HedgePolicy const& hedge = *plan_.edges[leader.edge].policy.hedge;
    bool const mayBegin = leader.legsBegun <= hedge.most && kernel_.now() < leader.deadline;
    switch (resilience::onHedgeFailure(hedge.dialect, mayBegin, leader.legsOpen)) {
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
    while (leader.firstLeg != nothing) {
        Call& leg = calls_[leader.firstLeg];
        leader.firstLeg = leg.nextBranch;
        if (leg.nextBranch != nothing)
            calls_[leg.nextBranch].previousBranch = nothing;
        --leader.legsOpen;
        if (isAttempting(leg.phase))
            abandonAttempt(leg);
        disarm(leg.alarm);
        Request& request = requests_[leg.request];
        calls_.giveBack(leg);
        partEnded(request);
    }
}

} // namespace shakedown::world
