#include "sim/world/world.hpp"

namespace shakedown::world {

using kernel::EventClass;

// A bulkhead lets so many calls be under way at once, a connection pool so many requests be on the
// wire; who finds no place waits in line, first come first served, or is refused.

Gate& World::gateOf(std::uint32_t edge, std::uint32_t instance, Guard which) {
    EdgeState& state = edgeState(edge, instance);
    return which == Guard::Bulkhead ? state.bulkhead : state.pool;
}

void World::adoptGate(Gate& gate, std::optional<PermitPolicy> const& policy) {
    if (policy && gate.permits)
        gate.permits->setLimit(policy->most);
    else if (policy)
        gate.permits.emplace(policy->most);
}

namespace {

void hold(Call& call, Guard which) {
    if (which == Guard::Bulkhead)
        call.holdsPermit = true;
    else
        call.holdsPlace = true;
}

} // namespace

World::Passage World::enterGate(Call& call, Guard which) {
    Gate& gate = gateOf(call.edge, instanceOf(call), which);
    bool const mayEnter = gate.waiting == 0 && gate.permits->tryEnter();
    if (!mayEnter)
        return awaitPlace(call, gate, which);
    hold(call, which);
    return Passage::Free;
}

World::Passage World::awaitPlace(Call& call, Gate& gate, Guard which) {
    EdgePolicy const& policy = plan_.edges[call.edge].policy;
    bool const isBulkhead = which == Guard::Bulkhead;
    PermitPolicy const& limits = isBulkhead ? *policy.bulkhead : *policy.pool;
    bool const mayWait = limits.maxWait > Duration() && gate.waiting < limits.line;
    if (!mayWait)
        return refuseAttempt(call, isBulkhead ? Cause::BulkheadFull : Cause::PoolFull);
    call.phase = isBulkhead ? CallPhase::AwaitingPermit : CallPhase::AwaitingConnection;
    gate.line.push_back(calls_.refOf(call));
    ++gate.waiting;
    if (!limits.maxWait.isNone())
        detailsOf(call).permitAlarm =
            kernel_.schedule(kernel_.now() + limits.maxWait, EventClass::Timer,
                             eventOf(EventKind::PermitExpired, call));
    return Passage::Waits;
}

void World::onPermitExpired(Call& call) {
    if (call.phase == CallPhase::AwaitingTurn)
        return onTurn(call);
    bool const isBulkhead = call.phase == CallPhase::AwaitingPermit;
    if (!isBulkhead && call.phase != CallPhase::AwaitingConnection)
        return;
    stopWaiting(call);
    refuseAttempt(call, isBulkhead ? Cause::BulkheadFull : Cause::PoolFull);
}

// Leaves whatever line it stands in. Its place there goes stale; the line skips it.
void World::stopWaiting(Call& call) {
    CallPhase const phase = std::exchange(call.phase, CallPhase::Attempting);
    CallDetails& details = detailsOf(call);
    kernel_.cancel(details.permitAlarm);
    details.permitAlarm = {};
    if (phase != CallPhase::AwaitingPermit && phase != CallPhase::AwaitingConnection)
        return;
    Guard const which = phase == CallPhase::AwaitingPermit ? Guard::Bulkhead : Guard::Connection;
    Gate& gate = gateOf(call.edge, instanceOf(call), which);
    Ref const ref = calls_.refOf(call);
    for (std::size_t i = gate.head; i < gate.line.size(); ++i)
        if (gate.line[i] == ref)
            gate.line[i] = {};
    --gate.waiting;
}

// Gives back what no task has taken over.
void World::leaveGates(Call& call) {
    bool const isPermitAround = plan_.edges[call.edge].policy.isBulkheadAround;
    if (call.holdsPlace) {
        call.holdsPlace = false;
        leaveGate(call.edge, instanceOf(call), Guard::Connection);
    }
    if (call.holdsPermit && !isPermitAround) {
        call.holdsPermit = false;
        leaveGate(call.edge, instanceOf(call), Guard::Bulkhead);
    }
}

// Who waits comes in when the event is over: a call that is let in may end at once, and with it
// others that are in the middle of something.
void World::leaveGate(std::uint32_t edge, std::uint32_t instance, Guard which) {
    Gate& gate = gateOf(edge, instance, which);
    require(gate.permits.has_value(), "a permit that is given back was taken");
    gate.permits->leave();
    if (gate.waiting > 0)
        freedGates_.push_back({edge, instance, which});
}

// The request on it was answered, or its caller gave up and closed it.
void World::closeConnection(Task& task) {
    task.holdsPlace = false;
    leaveGate(siteOf(task).edge, detailsOf(task).callerInstance, Guard::Connection);
}

// Lets in who waits, as far as there are permits. A call that is let in may end at once and bring
// others here, so nothing is kept across its way on.
void World::admitWaiting(std::uint32_t edge, std::uint32_t instance, Guard which) {
    CallPhase const waits =
        which == Guard::Bulkhead ? CallPhase::AwaitingPermit : CallPhase::AwaitingConnection;
    for (;;) {
        Gate& gate = gateOf(edge, instance, which);
        if (gate.head == gate.line.size()) {
            gate.line.clear();
            gate.head = 0;
            return;
        }
        Call* const call = calls_.find(gate.line[gate.head]);
        bool const isThere = call != nullptr && call->phase == waits;
        EdgePolicy const& policy = plan_.edges[edge].policy;
        bool const isGuarded =
            (which == Guard::Bulkhead ? policy.bulkhead : policy.pool).has_value();
        if (isThere && isGuarded && !gate.permits->tryEnter())
            return;
        ++gate.head;
        if (!isThere)
            continue;
        --gate.waiting;
        call->phase = CallPhase::Attempting;
        CallDetails& details = detailsOf(*call);
        kernel_.cancel(details.permitAlarm);
        details.permitAlarm = {};
        if (isGuarded)
            hold(*call, which);
        passGuards(*call);
    }
}

} // namespace shakedown::world
