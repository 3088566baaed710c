#include "sim/world/world.hpp"

namespace shakedown::world {

using kernel::EventClass;
using resilience::BreakerMode;

namespace {

record::BreakerState stateOf(BreakerMode mode) {
    switch (mode) {
    case BreakerMode::Closed:
        return record::BreakerState::Closed;
    case BreakerMode::Open:
        return record::BreakerState::Open;
    case BreakerMode::HalfOpen:
        return record::BreakerState::HalfOpen;
    case BreakerMode::ForcedOpen:
        return record::BreakerState::ForcedOpen;
    case BreakerMode::Disabled:
        return record::BreakerState::Disabled;
    }
    return record::BreakerState::Closed;
}

bool counts(BreakerMode mode) {
    return mode == BreakerMode::Open || mode == BreakerMode::ForcedOpen;
}

} // namespace

bool World::admitByBreaker(Call const& call) {
    std::uint32_t const edge = call.edge;
    auto& breaker = *edgeState(edge, call.callerInstance).breaker;
    BreakerMode const before = breaker.mode();
    bool const admitted = breaker.tryAcquire(kernel_.now());
    noteBreaker(edge, call.callerInstance, before);
    return admitted;
}

void World::recordAtBreaker(Call const& call, resilience::CallResult result) {
    std::uint32_t const edge = call.edge;
    auto& breaker = *edgeState(edge, call.callerInstance).breaker;
    BreakerMode const before = breaker.mode();
    breaker.record(kernel_.now(), result, kernel_.now() - call.attemptBegun);
    noteBreaker(edge, call.callerInstance, before);
}

void World::noteBreaker(std::uint32_t edge, std::uint32_t instance, BreakerMode before) {
    BreakerMode const after = edges_[edge][instance].breaker->mode();
    if (after == before)
        return;
    CallState& call = callStates_[plan_.edges[edge].call];
    touch(call);
    if (counts(after) && !counts(before))
        ++call.open;
    if (!counts(after) && counts(before))
        --call.open;
    if (after == BreakerMode::Open)
        ++call.counters.opened;
    emitTurningPoint(
        record::BreakerChanged{plan_.edges[edge].call, instance, stateOf(before), stateOf(after)});
}

void World::flipBreakers(std::uint32_t call, model::BreakerByHand state) {
    BreakerMode const mode = state == model::BreakerByHand::ForcedOpen ? BreakerMode::ForcedOpen
                             : state == model::BreakerByHand::Disabled ? BreakerMode::Disabled
                                                                       : BreakerMode::Closed;
    for (std::uint32_t e = 0; e < edges_.size(); ++e) {
        if (plan_.edges[e].call != call || !plan_.edges[e].policy.breaker)
            continue;
        for (std::uint32_t i = 0; i < edges_[e].size(); ++i) {
            BreakerMode const before = edges_[e][i].breaker->mode();
            edges_[e][i].breaker->flip(kernel_.now(), mode);
            noteBreaker(e, i, before);
        }
    }
}

// The bulkhead is full: wait in line for at most the call's max_wait, or be refused.
void World::awaitPermit(Call& call) {
    std::uint32_t const edge = call.edge;
    Duration const wait = plan_.edges[edge].policy.bulkheadWait;
    if (wait <= Duration()) {
        auto& counters = callStates_[plan_.edges[edge].call].counters;
        disarm(call.alarm);
        --counters.pending;
        ++counters.refused;
        tellBreaker(call, resilience::CallResult::Failure);
        return attemptFailed(call, Cause::BulkheadFull);
    }
    call.phase = CallPhase::AwaitingPermit;
    edgeState(edge, call.callerInstance).waiting.push_back(calls_.refOf(call));
    if (!wait.isNone())
        call.permitAlarm = kernel_.schedule(kernel_.now() + wait, EventClass::Timer,
                                            eventOf(EventKind::PermitExpired, call));
}

void World::onPermitExpired(Call& call) {
    if (call.phase != CallPhase::AwaitingPermit)
        return;
    auto& counters = callStates_[plan_.edges[call.edge].call].counters;
    leavePermitLine(call);
    disarm(call.alarm);
    --counters.pending;
    ++counters.refused;
    tellBreaker(call, resilience::CallResult::Failure);
    attemptFailed(call, Cause::BulkheadFull);
}

// Its place in line goes stale by its phase; the line skips it.
void World::leavePermitLine(Call& call) {
    call.phase = CallPhase::Attempting;
    kernel_.cancel(call.permitAlarm);
    call.permitAlarm = {};
    auto& state = edgeState(call.edge, call.callerInstance);
    Ref const ref = calls_.refOf(call);
    for (std::size_t i = state.waitingHead; i < state.waiting.size(); ++i)
        if (state.waiting[i] == ref)
            state.waiting[i] = {};
}

void World::releasePermit(std::uint32_t edge, std::uint32_t instance) {
    EdgeState& state = edgeState(edge, instance);
    require(state.bulkhead.has_value(), "a permit that is given back was taken");
    state.bulkhead->leave();
    admitWaiting(edge, instance);
}

// Lets in who waits, as far as there are permits. A call that is let in may end at once and bring
// others here, so nothing is kept across a launch.
void World::admitWaiting(std::uint32_t edge, std::uint32_t instance) {
    for (;;) {
        EdgeState& state = edgeState(edge, instance);
        if (state.waitingHead == state.waiting.size()) {
            state.waiting.clear();
            state.waitingHead = 0;
            return;
        }
        Call* const call = calls_.find(state.waiting[state.waitingHead]);
        bool const waits = call != nullptr && call->phase == CallPhase::AwaitingPermit;
        bool const isGuarded = plan_.edges[edge].policy.bulkhead.has_value();
        if (waits && isGuarded && !state.bulkhead->tryEnter())
            return;
        ++state.waitingHead;
        if (!waits)
            continue;
        call->phase = CallPhase::Attempting;
        kernel_.cancel(call->permitAlarm);
        call->permitAlarm = {};
        launch(*call, call->lastReplica);
    }
}

void World::installBreaker(std::uint32_t edge, std::uint32_t instance) {
    auto const& plan = plan_.edges[edge];
    auto& breaker = edges_[edge][instance].breaker;
    breaker = std::make_unique<resilience::CircuitBreaker>(*plan.policy.breaker);
    CallState& call = callStates_[plan.call];
    touch(call);
    ++call.breakers;
    BreakerMode const before = breaker->mode();
    if (plan.policy.byHand == model::BreakerByHand::ForcedOpen)
        breaker->flip(kernel_.now(), BreakerMode::ForcedOpen);
    if (plan.policy.byHand == model::BreakerByHand::Disabled)
        breaker->flip(kernel_.now(), BreakerMode::Disabled);
    noteBreaker(edge, instance, before);
}

void World::removeBreaker(std::uint32_t edge, std::uint32_t instance) {
    auto& breaker = edges_[edge][instance].breaker;
    BreakerMode const before = breaker->mode();
    breaker->flip(kernel_.now(), BreakerMode::Closed);
    noteBreaker(edge, instance, before);
    CallState& call = callStates_[plan_.edges[edge].call];
    touch(call);
    --call.breakers;
    breaker.reset();
}

// The plan has changed: patterns may have come, gone, or got other numbers. A bulkhead once there
// stays, because permits that were taken come back to it.
void World::adoptGuards(std::uint32_t edge, std::uint32_t instance) {
    EdgePolicy const& policy = plan_.edges[edge].policy;
    auto& state = edges_[edge][instance];
    if (policy.bulkhead && state.bulkhead)
        state.bulkhead->setLimit(*policy.bulkhead);
    else if (policy.bulkhead)
        state.bulkhead.emplace(*policy.bulkhead);
    if (policy.breaker && !state.breaker)
        installBreaker(edge, instance);
    else if (policy.breaker && !(state.breaker->settings() == *policy.breaker))
        state.breaker->change(*policy.breaker);
    else if (!policy.breaker && state.breaker)
        removeBreaker(edge, instance);
}

} // namespace shakedown::world
