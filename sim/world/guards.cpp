#include "sim/world/hop.hpp"

namespace shakedown::world {

using kernel::EventClass;

namespace {

resilience::CallResult breakerResultOf(Call const& call, Cause cause) {
    if (cause == Cause::None)
        return resilience::CallResult::Success;
    bool const isLimited = cause == Cause::Injected && call.failure == FailureKind::TooMany;
    return isLimited ? resilience::CallResult::Limited : resilience::CallResult::Failure;
}

} // namespace

// What its guards say, outside in; the last word launches the attempt. A guard that makes the call
// wait ends the walk; whoever ends the wait takes it up again.
void World::passGuards(Call& call) {
    auto const& policy = plan_.edges[call.edge].policy;
    auto const& guards = call.isAround ? policy.around : policy.guards;
    CallDetails& details = detailsOf(call);
    while (details.guard < guards.size()) {
        switch (pass(call, guards[details.guard++])) {
        case Passage::Free:
            break;
        case Passage::Waits:
        case Passage::Refused:
            return;
        }
    }
    if (!call.isAround)
        return launch(call, details.lastReplica, details.expires);
    call.isAround = false;
    attempt(call);
}

World::Passage World::pass(Call& call, Guard guard) {
    switch (guard) {
    case Guard::ClientThrottle:
        return admitByThrottle(call) ? Passage::Free : refuseAttempt(call, Cause::Throttled);
    case Guard::CircuitBreaker:
        return admitByBreaker(call) ? Passage::Free : refuseAttempt(call, Cause::BreakerOpen);
    case Guard::RateLimit:
        return awaitTurn(call);
    case Guard::Timeout:
        detailsOf(call).expires = armAttempt(call);
        return Passage::Free;
    case Guard::Bulkhead:
        return enterGate(call, guard);
    case Guard::Connection:
        return enterGate(call, guard);
    }
    return Passage::Free;
}

// Refused by the caller itself: the attempt was never sent. Guards further out see a failure
// (resilience4j and Hystrix count the refusals of what they wrap).
World::Passage World::refuseAttempt(Call& call, Cause cause) {
    auto& counters = callStates_[plan_.edges[call.edge].call].counters;
    disarm(call.alarm);
    ++counters.refused;
    bool const isAround = call.isAround;
    call.isAround = false;
    call.cause = cause;
    if (isAround) {
        ++counters.attempts;
        ++call.attempts;
        if (isTracing_)
            addSpan(call, nothing);
        if (record::Span* span = spanOf(call)) {
            span->answered = kernel_.now();
            span->cause = cause;
        }
        giveUp(call);
        return Passage::Refused;
    }
    attemptEnded(call, cause, Told::All);
    attemptFailed(call, cause);
    return Passage::Refused;
}

// An attempt begins; a retry was counted when it was granted.
void World::beginWatched(Call& call) {
    EdgePolicy const& policy = plan_.edges[call.edge].policy;
    if (!policy.budget)
        return;
    Protection& protection = protectionOf(call);
    ++protection.load.active;
    call.countsAsActive = true;
    if (call.attempts == 1)
        protection.budget->onRequest(kernel_.now());
}

// Whether the budget lets the call try again.
bool World::mayAfford(Call& call) {
    Protection& protection = protectionOf(call);
    auto const why = call.cause == Cause::Timeout ? resilience::RetryReason::Timeout
                                                  : resilience::RetryReason::Other;
    if (!protection.budget->tryRetry(kernel_.now(), protection.load, why))
        return false;
    ++protection.load.retries;
    call.countsAsRetry = true;
    return true;
}

// A fallback that takes time takes one of its caller's places for fallbacks.
bool World::enterFallback(Call const& call) {
    Protection& protection = protectionOf(call);
    if (protection.fallbacks >= *plan_.edges[call.edge].policy.fallbacksAtOnce)
        return false;
    ++protection.fallbacks;
    return true;
}

void World::leaveFallback(Call const& call) {
    auto const& protection = edgeState(call.edge, instanceOf(call)).protection;
    if (protection && protection->fallbacks > 0)
        --protection->fallbacks;
}

// What its callee may have begun is not done twice unless that does no harm.
bool World::mayRepeat(Call const& call) const {
    bool const wasSent = call.cause != Cause::Refused && call.cause != Cause::NoReplica;
    return !wasSent || plan_.endpoints[plan_.sites[call.site].endpoint].isIdempotent;
}

// What the caller holds for this attempt goes with its task from here on.
void World::handOver(Call& call, Task& task) {
    if (!plan_.edges[call.edge].policy.isBulkheadAround) {
        task.holdsPermit = call.holdsPermit;
        call.holdsPermit = false;
    }
    task.holdsPlace = call.holdsPlace;
    call.holdsPlace = false;
}

// The whole call is over for the guards outside its retry.
void World::leaveAround(Call& call, Cause cause) {
    if (call.phase == CallPhase::AwaitingTurn || call.phase == CallPhase::AwaitingPermit)
        stopWaiting(call);
    if (call.admitted && cause == Cause::Cancelled)
        releaseBreaker(call);
    else if (call.admitted)
        recordAtBreaker(call, breakerResultOf(call, cause));
    if (!call.holdsPermit)
        return;
    call.holdsPermit = false;
    leaveGate(call.edge, instanceOf(call), Guard::Bulkhead);
}

bool World::admitByThrottle(Call const& call) {
    auto& throttle = *protectionOf(call).throttle;
    double const reject = throttle.rejectProbability(kernel_.now());
    throttle.onRequest(kernel_.now());
    return reject <= 0
           || backoffStreams_[call.edge].uniform(call.key, (2ULL << 20) + call.attempts) >= reject;
}

World::Passage World::awaitTurn(Call& call) {
    auto const& limit = *plan_.edges[call.edge].policy.rateLimit;
    auto const wait = protectionOf(call).rateLimiter->reserve(kernel_.now(), limit.maxWait);
    if (!wait)
        return refuseAttempt(call, Cause::RateLimited);
    if (*wait <= Duration())
        return Passage::Free;
    call.phase = CallPhase::AwaitingTurn;
    detailsOf(call).permitAlarm =
        kernel_.schedule(std::min(kernel_.now() + *wait, call.deadline), EventClass::Timer,
                         eventOf(EventKind::PermitExpired, call));
    return Passage::Waits;
}

void World::onTurn(Call& call) {
    detailsOf(call).permitAlarm = {};
    call.phase = CallPhase::Attempting;
    if (kernel_.now() < call.deadline)
        return passGuards(call);
    disarm(call.alarm);
    bool const isAround = call.isAround;
    call.isAround = false;
    call.cause = Cause::Deadline;
    if (!isAround) {
        ++callStates_[plan_.edges[call.edge].call].counters.cancelled;
        attemptEnded(call, Cause::Deadline, Told::All);
    }
    giveUp(call);
}

// One attempt is over for its caller, however it went: its guards are told, and what it held of
// them without a task is given back.
void World::attemptEnded(Call& call, Cause cause, Told told) {
    --callStates_[plan_.edges[call.edge].call].counters.pending;
    if (plan_.edges[call.edge].quick.isWatched)
        tellGuards(call, cause, told);
    if (call.holdsPermit || call.holdsPlace)
        leaveGates(call);
}

void World::tellGuards(Call& call, Cause cause, Told told) {
    EdgePolicy const& policy = plan_.edges[call.edge].policy;
    bool const good = cause == Cause::None;
    if (call.admitted && !policy.isBreakerAround) {
        if (told == Told::All)
            recordAtBreaker(call, breakerResultOf(call, cause));
        else
            releaseBreaker(call);
    }
    if (policy.outliers && told == Told::All && call.hasDetails
        && detailsOf(call).lastReplica != nothing)
        tellOutliers(call, cause);
    EdgeState& state = edgeState(call.edge, instanceOf(call));
    if (!state.protection)
        return;
    Protection& protection = *state.protection;
    protection.load.active -= call.countsAsActive ? 1 : 0;
    protection.load.retries -= call.countsAsRetry ? 1 : 0;
    call.countsAsActive = call.countsAsRetry = false;
    if (protection.throttle && good)
        protection.throttle->onAccept(kernel_.now());
    if (protection.hedgeDelay && good)
        protection.hedgeDelay->observe(kernel_.now() - detailsOf(call).attemptBegun);
    if (!protection.budget)
        return;
    if (good)
        protection.budget->onSuccess(kernel_.now(), call.attempts - 1);
    else if (told == Told::All)
        protection.budget->onRetryableFailure(kernel_.now());
}

namespace {

using resilience::HostResult;

// A client's error is an answer of a host that is well.
HostResult hostResultOf(FailureKind kind) {
    switch (kind) {
    case FailureKind::ServerError:
        return HostResult::ServerError;
    case FailureKind::GatewayError:
        return HostResult::GatewayError;
    case FailureKind::TooMany:
    case FailureKind::ClientError:
        break;
    }
    return HostResult::Success;
}

HostResult hostResultOf(Cause cause, FailureKind failure) {
    switch (cause) {
    case Cause::None:
        return HostResult::Success;
    case Cause::ErrorReply:
        return HostResult::ServerError;
    case Cause::Injected:
        return hostResultOf(failure);
    case Cause::QueueFull:
    case Cause::QueueTimeout:
    case Cause::Shed:
    case Cause::Draining:
        return HostResult::GatewayError;
    case Cause::Timeout:
        return HostResult::Timeout;
    case Cause::Refused:
    case Cause::Reset:
        return HostResult::ConnectFailed;
    case Cause::Deadline:
    case Cause::BreakerOpen:
    case Cause::BulkheadFull:
    case Cause::NoReplica:
    case Cause::Cancelled:
    case Cause::RateLimited:
    case Cause::Throttled:
    case Cause::PoolFull:
        break;
    }
    return HostResult::Ignored;
}

} // namespace

void World::tellOutliers(Call const& call, Cause cause) {
    auto const result = hostResultOf(cause, call.failure);
    if (result == resilience::HostResult::Ignored)
        return;
    auto& detector = sweptOutliers(edgeState(call.edge, instanceOf(call)));
    detector.onResult(kernel_.now(), detailsOf(call).lastReplica, result);
}

// The detector looks at all its hosts every interval; sweeps that are due are made up for before
// anybody asks or tells, which is the same as making them on time.
resilience::OutlierDetector& World::sweptOutliers(EdgeState& state) {
    Protection& protection = *state.protection;
    auto& detector = *protection.outliers;
    while (protection.nextSweep <= kernel_.now()) {
        detector.sweep(protection.nextSweep);
        protection.nextSweep = protection.nextSweep + detector.interval();
    }
    return detector;
}

Protection& World::protectionOf(Call const& call) {
    return *edgeState(call.edge, instanceOf(call)).protection;
}

// What was there before forgets what it knew, but not how many calls are under way.
void World::installProtection(std::uint32_t edge, std::uint32_t instance) {
    EdgePolicy const& policy = plan_.edges[edge].policy;
    EdgeState& state = edges_[edge][instance];
    if (!state.protection && policy.needsProtection())
        state.protection = std::make_unique<Protection>();
    if (!state.protection)
        return;
    Protection& p = *state.protection;
    p.budget.reset();
    p.throttle.reset();
    p.rateLimiter.reset();
    p.hedgeDelay.reset();
    p.outliers.reset();
    if (policy.budget)
        p.budget.emplace(*policy.budget);
    if (policy.throttle)
        p.throttle.emplace(policy.throttle->k, policy.throttle->window);
    if (policy.rateLimit)
        p.rateLimiter.emplace(policy.rateLimit->limiter);
    if (policy.hedge)
        p.hedgeDelay.emplace(policy.hedge->delay);
    if (policy.outliers) {
        p.outliers.emplace(*policy.outliers);
        for (std::uint32_t const r : services_[plan_.edges[edge].callee].replicas)
            p.outliers->addHost(replicas_[r].number);
        p.nextSweep = kernel_.now() + p.outliers->interval();
    }
}

// The plan has changed: patterns may have come, gone, or got other numbers. A gate once there
// stays, because permits that were taken come back to it.
void World::adoptGuards(EdgePolicy const& old, std::uint32_t edge, std::uint32_t instance) {
    EdgePolicy const& policy = plan_.edges[edge].policy;
    auto& state = edges_[edge][instance];
    adoptGate(state.bulkhead, policy.bulkhead);
    adoptGate(state.pool, policy.pool);
    adoptBreakers(edge, instance);
    if (old.balance != policy.balance)
        installBalancer(state, edge);
    bool const same = old.budget == policy.budget && old.throttle == policy.throttle
                      && old.rateLimit == policy.rateLimit && old.hedge == policy.hedge
                      && old.outliers == policy.outliers
                      && old.fallbacksAtOnce == policy.fallbacksAtOnce;
    if (!same)
        installProtection(edge, instance);
}

} // namespace shakedown::world
