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
    if (!state.bulkhead)
        return;
    state.bulkhead->leave();
    while (state.waitingHead < state.waiting.size()) {
        Call* const call = calls_.find(state.waiting[state.waitingHead]);
        bool const waits = call != nullptr && call->phase == CallPhase::AwaitingPermit;
        if (waits && !state.bulkhead->tryEnter())
            return;
        ++state.waitingHead;
        if (state.waitingHead == state.waiting.size()) {
            state.waiting.clear();
            state.waitingHead = 0;
        }
        if (!waits)
            continue;
        call->phase = CallPhase::Attempting;
        kernel_.cancel(call->permitAlarm);
        call->permitAlarm = {};
        return launch(*call, call->lastReplica);
    }
}

} // namespace shakedown::world
