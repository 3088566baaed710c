#include <algorithm>

#include "sim/world/hop.hpp"

namespace shakedown::world {

using kernel::EventClass;

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
    case Cause::RateLimited:
    case Cause::Throttled:
    case Cause::PoolFull:
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
    case Cause::RateLimited:
    case Cause::Throttled:
    case Cause::PoolFull:
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
        installBalancer(state, edge);
        adoptGate(state.bulkhead, plan.policy.bulkhead);
        adoptGate(state.pool, plan.policy.pool);
        installBreakers(edge, number);
        installProtection(edge, number);
    }
    return states[instance];
}

void World::beginCall(Caller const& caller, Request& request, std::uint32_t site, Key key,
                      SimTime deadline, std::uint32_t parentSpan) {
    Edge const& edge = plan_.edges[plan_.sites[site].edge];
    Call& call = calls_.take();
    call.edge = plan_.sites[site].edge;
    joinStrand(call, caller);
    call.request = request.index;
    call.site = site;
    call.key = key;
    call.caller = caller.number;
    call.isOfLoad = edge.fromLoad;
    call.deadline = std::min(deadline, kernel_.now() + edge.quick.deadline);
    if (edge.quick.isDetailed || metersTasks_) {
        CallDetails& details = addDetails(call);
        details.begun = kernel_.now();
        details.windows = metersTasks_ ? windowsOpen_ : 0;
    }
    if (isTracing_)
        callSpans_.put(call.index).parent = parentSpan;
    ++request.parts;
    ++callStates_[edge.call].counters.requests;
    if (metersTasks_) {
        std::uint32_t const meter = callMeters_[edge.call];
        if (meter != nothing)
            for (std::uint64_t left = windowsOpen_; left != 0; left &= left - 1)
                ++evidence_.subjects[meter]
                      .windows[static_cast<std::size_t>(std::countr_zero(left))]
                      .offered;
        if (callSeconds_[edge.call] != nothing)
            offerSecond(callSeconds_[edge.call]);
    }
    if (!edge.quick.hasAround)
        return attempt(call);
    call.isAround = true;
    passGuards(call);
}

// Outside in: hedge, balance, then the guards (circuit breaker, rate limit, timeout, bulkhead and
// connection, unless the policy orders them otherwise), network.
void World::attempt(Call& call) {
    Edge const& edge = plan_.edges[call.edge];
    auto& counters = callStates_[edge.call].counters;
    SimTime const now = kernel_.now();
    if (now >= call.deadline) {
        call.cause = Cause::Deadline;
        return giveUp(call);
    }
    if (edge.quick.hedges && !call.isLeg)
        return beginHedging(call);
    call.phase = CallPhase::Attempting;
    ++call.attempts;
    ++counters.attempts;
    ++counters.pending;
    if (call.attempts > 1)
        ++(call.isHedge ? counters.hedges : counters.retries);
    if (edge.quick.isWatched)
        beginWatched(call);
    std::uint32_t const replica = pickFor(call);
    if (edge.quick.isDetailed || call.hasDetails) {
        CallDetails& details = detailsOf(call);
        details.attemptBegun = now;
        details.lastReplica = replica;
    }
    if (isTracing_)
        addSpan(call, replica);
    if (replica == nothing)
        return findsNobody(call);
    if (edge.quick.isGuarded) {
        detailsOf(call).guard = 0;
        return passGuards(call);
    }
    launch(call, replica, armAttempt(call));
}

void World::stop(Alarm& alarm) {
    if (alarm.isOfLane())
        kernel_.stopTimer(alarm.lane());
    else
        kernel_.cancel(alarm.single());
    alarm = {};
}

void World::launch(Call& call, std::uint32_t replicaNumber, SimTime expires) {
    Site const& site = plan_.sites[call.site];
    Edge const& edge = plan_.edges[site.edge];
    Task& task = tasks_.take();
    task.call = call.index;
    task.request = call.request;
    task.site = call.site;
    ServiceState const& callee = services_[edge.callee];
    task.replica = replicaNumber == 0 ? callee.firstReplica : callee.replicas[replicaNumber];
    task.key = chance::mixKey(call.key, call.attempts);
    if (edge.quick.isDetailed || edge.quick.entersDetailed || metersTasks_) {
        TaskDetails& details = addDetails(task);
        details.callerInstance = instanceOf(call);
        if (edge.quick.propagatesDeadline)
            details.expires = expires;
    }
    if (isTracing_)
        taskSpans_.put(task.index) = callSpans_[call.index].current;
    if (edge.quick.isGuarded)
        handOver(call, task);
    if (edge.quick.propagatesDeadline)
        task.deadline = call.deadline;
    call.task = task.index;
    ++requests_[call.request].parts;
    if (edge.quick.countsOutstanding) {
        EdgeState& state = edgeState(site.edge, instanceOf(call));
        if (state.views.size() <= replicaNumber)
            state.views.resize(replicaNumber + 1);
        ++state.views[replicaNumber].outstanding;
        task.countedAsOutstanding = true;
        if (edge.quick.connects) {
            std::uint32_t& idle = idleAt(state, replicaNumber);
            bool const reuses = idle > 0;
            if (reuses)
                --idle;
            // A dead process refuses at once: nothing answers the handshake but a reset.
            if (!reuses && replicas_[task.replica].state != record::ReplicaState::Down) {
                Duration const d =
                    edge.policy.connect.draw(networkStreams_[site.edge], task.key, 3);
                kernel_.schedule(kernel_.now() + d, EventClass::Completion,
                                 eventOf(EventKind::Connected, task));
                return;
            }
        }
    }
    transmit(task, false);
}

void World::attemptFailed(Call& call, Cause cause) {
    call.cause = cause;
    if (record::Span* span = spanOf(call)) {
        span->answered = kernel_.now();
        span->cause = cause;
    }
    if (call.isLeg)
        return legEnded(call, cause, false);
    retryOrGiveUp(call);
}

void World::retryOrGiveUp(Call& call) {
    std::uint32_t const edgeIndex = call.edge;
    EdgePolicy const& policy = plan_.edges[edgeIndex].policy;
    if (call.rounds() >= policy.attempts || !mayRetry(policy.retryOn, call.cause))
        return giveUp(call);
    if (policy.repeatsOnlyIdempotent && !mayRepeat(call))
        return giveUp(call);
    if (policy.budget && !mayAfford(call))
        return giveUp(call);
    double const u = policy.backoff.isDrawn()
                         ? backoffStreams_[edgeIndex].uniform(call.key, call.attempts)
                         : 0.5;
    // Few backoffs ask for the wait before.
    bool const remembers = policy.backoff.remembers();
    Duration const before = remembers ? detailsOf(call).backoffMemory : Duration();
    auto const [delay, memory] = policy.backoff.next(call.rounds(), u, before);
    if (remembers)
        detailsOf(call).backoffMemory = memory;
    if (delay == Duration() && call.attempts % attemptsInARow != 0)
        return attempt(call);
    call.phase = CallPhase::BackingOff;
    SimTime const at = std::min(kernel_.now() + delay, call.deadline);
    call.alarm = Alarm(kernel_.schedule(std::max(at, kernel_.now()), EventClass::Timer,
                                        eventOf(EventKind::BackoffOver, call)));
}

void World::onBackoffOver(Call& call) {
    call.alarm = {};
    attempt(call);
}

void World::giveUp(Call& call) {
    std::uint32_t const edgeIndex = call.edge;
    EdgePolicy const& policy = plan_.edges[edgeIndex].policy;
    if (call.isLeg)
        return legEnded(call, call.cause, false);
    if (!policy.fallback || *policy.fallback == model::FallbackAnswer::Fail)
        return endCall(call, call.cause, false);
    bool const degraded = *policy.fallback == model::FallbackAnswer::Degraded;
    Cause const cause = call.cause;
    if (!degraded)
        call.cause = Cause::None;
    Duration const work = policy.fallbackWork.draw(backoffStreams_[edgeIndex], call.key, 1U << 20);
    if (work == Duration())
        return endCall(call, Cause::None, degraded);
    if (policy.fallbacksAtOnce && !enterFallback(call))
        return endCall(call, cause, false);
    call.phase = CallPhase::FallingBack;
    call.alarm = Alarm(kernel_.schedule(kernel_.now() + work, EventClass::Completion,
                                        eventOf(EventKind::FallbackDone, call)));
}

void World::endCall(Call& call, Cause cause, bool degraded) {
    if (call.isLeg)
        return legEnded(call, cause, degraded);
    if (plan_.edges[call.edge].quick.hasAround)
        leaveAround(call, cause);
    if (metersTasks_) {
        Edge const& edge = plan_.edges[call.edge];
        CallDetails const& details = detailsOf(call);
        Duration const took = kernel_.now() - details.begun;
        auto const outcome = outcomeOf(cause, degraded);
        bool const good = cause == Cause::None;
        std::uint32_t const meter = callMeters_[edge.call];
        if (meter != nothing)
            for (std::uint64_t left = details.windows; left != 0; left &= left - 1)
                evidence_.subjects[meter]
                    .windows[static_cast<std::size_t>(std::countr_zero(left))]
                    .end(outcome, took, good);
        if (callSeconds_[edge.call] != nothing)
            meterSecond(callSeconds_[edge.call], details.begun, good, took, good);
    }
    Request& request = requests_[call.request];
    Strand* const strand = call.strand == nothing ? nullptr : &strands_[call.strand];
    bool const isOfLoad = call.isOfLoad;
    std::uint32_t const serial = call.joinSerial;
    disarm(call.alarm);
    leaveStrand(call);
    calls_.giveBack(call);
    if (isOfLoad)
        endRequest(request, outcomeOf(cause, degraded), cause);
    partEnded(request);
    if (strand != nullptr)
        callEnded(*strand, serial, cause, degraded);
}

// The attempt's timeout has passed, or the deadline of all attempts.
void World::onAttemptExpired(Call& call) {
    if (!isAttempting(call.phase))
        return;
    Edge const& edge = plan_.edges[call.edge];
    auto& counters = callStates_[edge.call].counters;
    bool const byDeadline = !call.alarm.isOfLane();
    call.alarm = {};
    if (call.phase != CallPhase::Attempting)
        stopWaiting(call);
    detach(call);
    ++(byDeadline ? counters.cancelled : counters.timeouts);
    Cause const cause = byDeadline ? Cause::Deadline : Cause::Timeout;
    attemptEnded(call, cause, edge.policy.isBreakerInsideTimeout ? Told::NotBreaker : Told::All);
    if (!byDeadline)
        return attemptFailed(call, Cause::Timeout);
    call.cause = Cause::Deadline;
    if (record::Span* span = spanOf(call)) {
        span->answered = kernel_.now();
        span->cause = Cause::Deadline;
    }
    giveUp(call);
}

// The caller stops waiting; the callee goes on unless the call says cancel (rule 1).
void World::detach(Call& call) {
    if (call.task == nothing)
        return;
    Task& task = tasks_[call.task];
    call.task = nothing;
    std::uint32_t const edgeIndex = siteOf(task).edge;
    Edge const& edge = plan_.edges[edgeIndex];
    if (task.countedAsOutstanding)
        countOff(task);
    task.call = nothing;
    if (task.holdsPlace)
        closeConnection(task);
    if (task.lost)
        return settle(task);
    if (!edge.policy.cancel)
        return;
    Duration const latency = edge.policy.latency.draw(networkStreams_[edgeIndex], task.key, 4);
    kernel_.schedule(kernel_.now() + latency, EventClass::Completion,
                     eventOf(EventKind::CancelArrives, task));
}

// Nobody wants the call's outcome any more: its caller has died, or has answered early.
void World::abandonCall(Call& call) {
    if (call.phase == CallPhase::Hedging)
        closeLegs(call);
    if (isAttempting(call.phase))
        abandonAttempt(call);
    if (call.phase == CallPhase::FallingBack)
        leaveFallback(call);
    if (plan_.edges[call.edge].quick.hasAround)
        leaveAround(call, Cause::Cancelled);
    disarm(call.alarm);
    Request& request = requests_[call.request];
    leaveStrand(call);
    calls_.giveBack(call);
    partEnded(request);
}

void World::abandonAttempt(Call& call) {
    if (call.phase != CallPhase::Attempting)
        stopWaiting(call);
    if (call.isAround)
        return;
    ++callStates_[plan_.edges[call.edge].call].counters.cancelled;
    detach(call);
    attemptEnded(call, Cause::Cancelled, Told::Nothing);
}

} // namespace shakedown::world
