#include <algorithm>

#include "sim/world/world.hpp"

namespace shakedown::world {

using kernel::EventClass;
using resilience::CallResult;

namespace {

bool mayRetry(RetryMask const& mask, Cause cause) {
    switch (cause) {
    case Cause::Timeout:
        return mask.timeout;
    case Cause::ErrorReply:
    case Cause::Injected:
    case Cause::Reset:
        return mask.error;
    case Cause::Refused:
    case Cause::NoReplica:
        return mask.connect;
    case Cause::QueueFull:
    case Cause::QueueTimeout:
    case Cause::Shed:
    case Cause::BreakerOpen:
    case Cause::BulkheadFull:
    case Cause::Draining:
        return mask.rejected;
    case Cause::None:
    case Cause::Deadline:
    case Cause::Cancelled:
        return false;
    }
    return false;
}

measure::Outcome outcomeOf(Cause cause, bool degraded) {
    switch (cause) {
    case Cause::None:
        return degraded ? measure::Outcome::Degraded : measure::Outcome::Ok;
    case Cause::Timeout:
    case Cause::Deadline:
        return measure::Outcome::TimedOut;
    case Cause::QueueFull:
    case Cause::QueueTimeout:
    case Cause::Shed:
    case Cause::BreakerOpen:
    case Cause::BulkheadFull:
    case Cause::Draining:
        return measure::Outcome::Rejected;
    case Cause::ErrorReply:
    case Cause::Refused:
    case Cause::Reset:
    case Cause::NoReplica:
    case Cause::Injected:
    case Cause::Cancelled:
        return measure::Outcome::Failed;
    }
    return measure::Outcome::Failed;
}

// Beyond so many attempts at one instant the next goes through the calendar, so that the stack
// stays flat.
constexpr std::uint16_t attemptsInARow = 16;

} // namespace

EdgeState& World::edgeState(std::uint32_t edge, std::uint32_t instance) {
    auto& states = edges_[edge];
    while (states.size() <= instance) {
        EdgeState& state = states.emplace_back();
        auto const& plan = plan_.edges[edge];
        auto const number = static_cast<std::uint32_t>(states.size() - 1);
        // The round starts at a random replica, once for each caller.
        state.cursor =
            static_cast<std::uint32_t>(balanceStreams_[edge].words(number, 1).first >> 40);
        if (plan.policy.bulkhead)
            state.bulkhead.emplace(*plan.policy.bulkhead);
        if (!plan.policy.breaker)
            continue;
        state.breaker = std::make_unique<resilience::CircuitBreaker>(*plan.policy.breaker);
        CallState& call = callStates_[plan.call];
        touch(call);
        ++call.breakers;
        auto const before = state.breaker->mode();
        if (plan.policy.byHand == model::BreakerByHand::ForcedOpen)
            state.breaker->flip(kernel_.now(), resilience::BreakerMode::ForcedOpen);
        if (plan.policy.byHand == model::BreakerByHand::Disabled)
            state.breaker->flip(kernel_.now(), resilience::BreakerMode::Disabled);
        noteBreaker(edge, number, before);
    }
    return states[instance];
}

std::uint32_t World::beginCall(std::uint32_t strand, std::uint32_t request, std::uint32_t site,
                               Key key, std::uint32_t callerInstance, SimTime deadline,
                               std::uint32_t parentSpan) {
    std::uint32_t const index = calls_.take();
    Call& call = calls_[index];
    call.edge = plan_.sites[site].edge;
    Edge const& edge = plan_.edges[call.edge];
    call.strand = strand;
    call.request = request;
    call.site = site;
    call.key = key;
    call.callerInstance = callerInstance;
    call.begun = kernel_.now();
    call.deadline = std::min(deadline, kernel_.now() + edge.policy.deadline);
    call.parentSpan = parentSpan;
    if (strand != nothing)
        strands_[strand].call = index;
    ++requests_[request].parts;
    ++callStates_[edge.call].counters.requests;
    if (metersTasks_) {
        call.windows = windowsOpen_;
        std::uint32_t const meter = callMeters_[edge.call];
        if (meter != nothing)
            for (std::uint64_t left = windowsOpen_; left != 0; left &= left - 1)
                ++evidence_.subjects[meter]
                      .windows[static_cast<std::size_t>(std::countr_zero(left))]
                      .offered;
        if (callSeconds_[edge.call] != nothing)
            offerSecond(callSeconds_[edge.call]);
    }
    attempt(index);
    return index;
}

std::uint32_t World::pickFor(std::uint32_t index) {
    Call const& call = calls_[index];
    std::uint32_t const edgeIndex = call.edge;
    Edge const& edge = plan_.edges[edgeIndex];
    auto const& listed = services_[edge.callee].listed;
    if (listed.empty())
        return nothing;
    if (listed.size() == 1)
        return listed.front();
    EdgeState& state = edgeState(edgeIndex, call.callerInstance);
    if (edge.policy.balance.policy == model::BalancePolicy::RoundRobin && call.attempts <= 1)
        return listed[state.cursor++ % listed.size()];
    std::uint32_t const avoid =
        edge.policy.avoidSameReplica ? call.lastReplica : resilience::noReplica;
    chance::Draw draw = balanceStreams_[edgeIndex].draw(call.key, 8 + call.attempts);
    return resilience::pickReplica(edge.policy.balance, listed, state.views, state.cursor, avoid,
                                   draw);
}

// Outside in: balance, circuit breaker, timeout, bulkhead, connection, network.
void World::attempt(std::uint32_t index) {
    Call& call = calls_[index];
    Edge const& edge = plan_.edges[call.edge];
    auto& counters = callStates_[edge.call].counters;
    SimTime const now = kernel_.now();
    if (now >= call.deadline) {
        call.cause = Cause::Deadline;
        return giveUp(index);
    }
    call.phase = CallPhase::Attempting;
    ++call.attempts;
    ++counters.attempts;
    ++counters.pending;
    if (call.attempts > 1)
        ++counters.retries;
    call.attemptBegun = now;
    std::uint32_t const replica = pickFor(index);
    call.lastReplica = replica;
    if (requests_[call.request].trace != nothing)
        call.span = addSpan(index, replica);
    if (replica == nothing) {
        --counters.pending;
        ++counters.errors;
        return attemptFailed(index, Cause::NoReplica);
    }
    if (edge.policy.breaker && !admitByBreaker(index)) {
        --counters.pending;
        ++counters.refused;
        return attemptFailed(index, Cause::BreakerOpen);
    }
    armAttempt(index);
    if (edge.policy.bulkhead && !edgeState(call.edge, call.callerInstance).bulkhead->tryEnter())
        return awaitPermit(index);
    launch(index, replica);
}

void World::armAttempt(std::uint32_t index) {
    Call& call = calls_[index];
    std::uint32_t const edge = call.edge;
    Duration const timeout = plan_.edges[edge].policy.timeout;
    call.alarm = {};
    if (!timeout.isNone() && kernel_.now() + timeout <= call.deadline) {
        call.alarm.lane =
            kernel_.startTimer(timeoutLanes_[edge], callEvent(EventKind::AttemptExpired, index));
    } else if (call.deadline != SimTime::never()) {
        call.alarm.single = kernel_.schedule(call.deadline, EventClass::Timer,
                                             callEvent(EventKind::AttemptExpired, index));
    }
}

void World::stop(Alarm& alarm) {
    if (alarm.lane.valid())
        kernel_.stopTimer(alarm.lane);
    if (alarm.single.valid())
        kernel_.cancel(alarm.single);
    alarm = {};
}

void World::launch(std::uint32_t index, std::uint32_t replicaNumber) {
    Call& call = calls_[index];
    Site const& site = plan_.sites[call.site];
    Edge const& edge = plan_.edges[site.edge];
    std::uint32_t const t = tasks_.take();
    Task& task = tasks_[t];
    task.call = index;
    task.callGeneration = call.generation;
    task.request = call.request;
    task.endpoint = site.endpoint;
    task.edge = site.edge;
    task.callerInstance = call.callerInstance;
    task.replica = services_[edge.callee].replicas[replicaNumber];
    task.key = chance::mixKey(call.key, call.attempts);
    task.span = call.span;
    task.holdsPermit = edge.policy.bulkhead.has_value();
    if (edge.policy.propagateDeadline) {
        task.deadline = call.deadline;
        task.expires = std::min(call.deadline, call.attemptBegun + edge.policy.timeout);
    }
    call.task = t;
    ++requests_[call.request].parts;
    bool const connects = !edge.policy.connect.isZero();
    if (connects || edge.policy.balance.policy == model::BalancePolicy::LeastRequest) {
        EdgeState& state = edgeState(site.edge, call.callerInstance);
        if (state.views.size() <= replicaNumber)
            state.views.resize(replicaNumber + 1);
        ++state.views[replicaNumber].outstanding;
        task.countedAsOutstanding = true;
        if (connects) {
            if (state.idle.size() <= replicaNumber)
                state.idle.resize(replicaNumber + 1);
            bool const reuses = state.idle[replicaNumber] > 0;
            if (reuses)
                --state.idle[replicaNumber];
            // A dead process refuses at once: nothing answers the handshake but a reset.
            if (!reuses && replicas_[task.replica].state != record::ReplicaState::Down) {
                Duration const d =
                    edge.policy.connect.draw(networkStreams_[site.edge], task.key, 3);
                kernel_.schedule(kernel_.now() + d, EventClass::Completion,
                                 taskEvent(EventKind::Connected, t));
                return;
            }
        }
    }
    transmit(t, false);
}

void World::attemptSucceeded(std::uint32_t index, bool degraded) {
    endCall(index, Cause::None, degraded);
}

void World::attemptFailed(std::uint32_t index, Cause cause) {
    Call& call = calls_[index];
    call.cause = cause;
    if (record::Span* span = spanOf(call.request, call.span)) {
        span->answered = kernel_.now();
        span->cause = cause;
    }
    retryOrGiveUp(index);
}

void World::retryOrGiveUp(std::uint32_t index) {
    Call& call = calls_[index];
    std::uint32_t const edgeIndex = call.edge;
    EdgePolicy const& policy = plan_.edges[edgeIndex].policy;
    if (call.attempts >= policy.attempts || !mayRetry(policy.retryOn, call.cause))
        return giveUp(index);
    double const u = policy.backoff.jitter == model::Jitter::None
                         ? 0.5
                         : backoffStreams_[edgeIndex].uniform(call.key, call.attempts);
    Duration const delay = policy.backoff.delay(call.attempts, u, call.lastBackoff);
    call.lastBackoff = delay;
    if (delay == Duration() && call.attempts % attemptsInARow != 0)
        return attempt(index);
    call.phase = CallPhase::BackingOff;
    SimTime const at = std::min(kernel_.now() + delay, call.deadline);
    call.alarm = {};
    call.alarm.single = kernel_.schedule(std::max(at, kernel_.now()), EventClass::Timer,
                                         callEvent(EventKind::BackoffOver, index));
}

void World::onBackoffOver(std::uint32_t index) {
    calls_[index].alarm = {};
    attempt(index);
}

void World::giveUp(std::uint32_t index) {
    Call& call = calls_[index];
    std::uint32_t const edgeIndex = call.edge;
    EdgePolicy const& policy = plan_.edges[edgeIndex].policy;
    if (!policy.fallback || *policy.fallback == model::FallbackAnswer::Fail)
        return endCall(index, call.cause, false);
    bool const degraded = *policy.fallback == model::FallbackAnswer::Degraded;
    if (!degraded)
        call.cause = Cause::None;
    Duration const work = policy.fallbackWork.draw(backoffStreams_[edgeIndex], call.key, 1U << 20);
    if (work == Duration())
        return endCall(index, Cause::None, degraded);
    call.phase = CallPhase::FallingBack;
    call.alarm = {};
    call.alarm.single = kernel_.schedule(kernel_.now() + work, EventClass::Completion,
                                         callEvent(EventKind::FallbackDone, index));
}

void World::endCall(std::uint32_t index, Cause cause, bool degraded) {
    Call& call = calls_[index];
    if (metersTasks_) {
        Edge const& edge = plan_.edges[call.edge];
        Duration const took = kernel_.now() - call.begun;
        auto const outcome = outcomeOf(cause, degraded);
        bool const good = cause == Cause::None;
        std::uint32_t const meter = callMeters_[edge.call];
        if (meter != nothing)
            for (std::uint64_t left = call.windows; left != 0; left &= left - 1)
                evidence_.subjects[meter]
                    .windows[static_cast<std::size_t>(std::countr_zero(left))]
                    .end(outcome, took, good);
        if (callSeconds_[edge.call] != nothing)
            meterSecond(callSeconds_[edge.call], call.begun, good, took, good);
    }
    std::uint32_t const strand = call.strand;
    std::uint32_t const request = call.request;
    disarm(call.alarm);
    calls_.giveBack(index);
    if (strand == nothing) {
        endRequest(request, outcomeOf(cause, degraded), cause);
        return partEnded(request);
    }
    strands_[strand].call = nothing;
    partEnded(request);
    callEnded(strand, cause, degraded);
}

// The attempt's timeout has passed, or the deadline of all attempts.
void World::onAttemptExpired(std::uint32_t index) {
    Call& call = calls_[index];
    if (call.phase != CallPhase::Attempting && call.phase != CallPhase::AwaitingPermit)
        return;
    Edge const& edge = plan_.edges[call.edge];
    auto& counters = callStates_[edge.call].counters;
    bool const byDeadline = !call.alarm.lane.valid();
    call.alarm = {};
    if (call.phase == CallPhase::AwaitingPermit)
        leavePermitLine(index);
    detach(index);
    --counters.pending;
    ++(byDeadline ? counters.cancelled : counters.timeouts);
    tellBreaker(call, CallResult::Failure);
    if (!byDeadline)
        return attemptFailed(index, Cause::Timeout);
    call.cause = Cause::Deadline;
    if (record::Span* span = spanOf(call.request, call.span)) {
        span->answered = kernel_.now();
        span->cause = Cause::Deadline;
    }
    giveUp(index);
}

// The caller stops waiting; the callee goes on unless the call says cancel (rule 1).
void World::detach(std::uint32_t index) {
    Call& call = calls_[index];
    if (call.task == nothing)
        return;
    std::uint32_t const t = call.task;
    call.task = nothing;
    Task& task = tasks_[t];
    Edge const& edge = plan_.edges[task.edge];
    task.call = nothing;
    if (task.countedAsOutstanding) {
        task.countedAsOutstanding = false;
        --edgeState(task.edge, task.callerInstance)
              .views[replicas_[task.replica].number]
              .outstanding;
    }
    if (task.lost)
        return settle(t);
    if (!edge.policy.cancel)
        return;
    Duration const latency = edge.policy.latency.draw(networkStreams_[task.edge], task.key, 4);
    kernel_.schedule(kernel_.now() + latency, EventClass::Completion,
                     taskEvent(EventKind::CancelArrives, t));
}

// Nobody wants the call's outcome any more: its caller has died, or has answered early.
void World::abandonCall(std::uint32_t index, bool withdraw) {
    Call& call = calls_[index];
    auto& counters = callStates_[plan_.edges[call.edge].call].counters;
    bool const attempting =
        call.phase == CallPhase::Attempting || call.phase == CallPhase::AwaitingPermit;
    if (call.phase == CallPhase::AwaitingPermit)
        leavePermitLine(index);
    if (attempting) {
        --counters.pending;
        ++counters.cancelled;
        std::uint32_t const edge = call.edge;
        if (plan_.edges[edge].policy.breaker)
            edgeState(edge, call.callerInstance).breaker->release();
        if (withdraw || call.task != nothing)
            detach(index);
    }
    disarm(call.alarm);
    std::uint32_t const request = call.request;
    std::uint32_t const strand = call.strand;
    calls_.giveBack(index);
    if (strand != nothing)
        strands_[strand].call = nothing;
    partEnded(request);
}

} // namespace shakedown::world
