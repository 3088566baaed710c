#include "scenarios/model/call_policy.hpp"

#include "scenarios/model/presets.hpp"

namespace shakedown::model {

namespace {

template <class T>
void lay(std::optional<T>& under, std::optional<T> const& over) {
    if (over)
        under = over;
}

void merge(Backoff& a, Backoff const& b) {
    lay(a.initial, b.initial);
    lay(a.factor, b.factor);
    lay(a.max, b.max);
    lay(a.jitter, b.jitter);
}

// A budget of another kind replaces the old one: the kinds share no key.
void merge(RetryBudget& a, RetryBudget const& b) {
    auto const kind = [](RetryBudget const& x) {
        if (x.percent || x.minConcurrent)
            return 1;
        if (x.tokens || x.deposit || x.cost)
            return 2;
        return 0;
    };
    if (kind(a) != kind(b)) {
        a = b;
        return;
    }
    lay(a.ratio, b.ratio);
    lay(a.minRate, b.minRate);
    lay(a.percent, b.percent);
    lay(a.minConcurrent, b.minConcurrent);
    lay(a.tokens, b.tokens);
    lay(a.deposit, b.deposit);
    lay(a.cost, b.cost);
}

// A window is by calls or by time: the later word decides.
void merge(BreakerWindow& a, BreakerWindow const& b) {
    a = b;
}

void merge(Balance& a, Balance const& b) {
    if (b.policy && b.policy != a.policy) {
        Balance other;
        other.weights = std::move(a.weights);
        a = std::move(other);
    }
    lay(a.policy, b.policy);
    lay(a.choices, b.choices);
    lay(a.weights, b.weights);
    lay(a.bound, b.bound);
    lay(a.size, b.size);
    lay(a.firstRoundTrip, b.firstRoundTrip);
    lay(a.decay, b.decay);
}

void merge(Connections& a, Connections const& b) {
    lay(a.max, b.max);
    lay(a.pending, b.pending);
}

template <class P>
void mergeInto(std::optional<P>& under, std::optional<P> const& over) {
    if (!over)
        return;
    if (!under)
        under = *over;
    else
        merge(*under, *over);
}

void merge(Retry& a, Retry const& b) {
    lay(a.attempts, b.attempts);
    mergeInto(a.backoff, b.backoff);
    mergeInto(a.budget, b.budget);
    lay(a.retryOn, b.retryOn);
    lay(a.avoidSameReplica, b.avoidSameReplica);
    lay(a.dialect, b.dialect);
}

void merge(ClientThrottle& a, ClientThrottle const& b) {
    lay(a.k, b.k);
    lay(a.window, b.window);
}

void merge(CircuitBreaker& a, CircuitBreaker const& b) {
    mergeInto(a.window, b.window);
    lay(a.minimumCalls, b.minimumCalls);
    lay(a.failureRate, b.failureRate);
    lay(a.slowRate, b.slowRate);
    lay(a.slowAfter, b.slowAfter);
    lay(a.openFor, b.openFor);
    lay(a.halfOpenCalls, b.halfOpenCalls);
    lay(a.halfOpenFor, b.halfOpenFor);
    lay(a.consecutive, b.consecutive);
    lay(a.per, b.per);
    lay(a.byHand, b.byHand);
    lay(a.dialect, b.dialect);
}

void merge(Bulkhead& a, Bulkhead const& b) {
    lay(a.maxConcurrent, b.maxConcurrent);
    lay(a.maxWait, b.maxWait);
    lay(a.threads, b.threads);
    lay(a.queue, b.queue);
    lay(a.dialect, b.dialect);
}

void merge(RateLimit& a, RateLimit const& b) {
    lay(a.rate, b.rate);
    lay(a.burst, b.burst);
    lay(a.maxWait, b.maxWait);
    lay(a.dialect, b.dialect);
}

void merge(Hedge& a, Hedge const& b) {
    lay(a.after, b.after);
    lay(a.max, b.max);
    lay(a.dialect, b.dialect);
}

void merge(Fallback& a, Fallback const& b) {
    lay(a.answer, b.answer);
    lay(a.work, b.work);
}

void merge(OutlierDetection& a, OutlierDetection const& b) {
    lay(a.consecutive, b.consecutive);
    lay(a.failureRate, b.failureRate);
    lay(a.minimumCalls, b.minimumCalls);
    lay(a.interval, b.interval);
    lay(a.ejectFor, b.ejectFor);
    lay(a.maxEjected, b.maxEjected);
    lay(a.dialect, b.dialect);
}

void merge(SlowStart& a, SlowStart const& b) {
    lay(a.window, b.window);
    lay(a.aggression, b.aggression);
}

template <class P>
void layPattern(std::optional<P>& under, std::optional<P> const& over) {
    if (!over)
        return;
    bool const startsAfresh = !under || over->off || under->off;
    if (startsAfresh)
        under = *over;
    else
        merge(*under, *over);
}

bool speaksOf(CallRule const& rule, std::string const& caller, bool callerIsLoad,
              EndpointName const& callee) {
    bool const callerFits = rule.name.caller == "*" ? !callerIsLoad : rule.name.caller == caller;
    bool const calleeFits =
        rule.name.callee.service == "*" || rule.name.callee.service == callee.service;
    bool const endpointFits =
        rule.name.callee.endpoint.empty() || rule.name.callee.endpoint == callee.endpoint;
    return callerFits && calleeFits && endpointFits;
}

int strength(CallName const& name) {
    if (name.callee.service == "*")
        return name.caller == "*" ? 0 : 2;
    if (name.caller == "*")
        return name.callee.endpoint.empty() ? 1 : 4;
    return name.callee.endpoint.empty() ? 3 : 5;
}

} // namespace

CallPolicy overlay(CallPolicy under, CallPolicy const& over) {
    lay(under.latency, over.latency);
    lay(under.transport, over.transport);
    lay(under.loss, over.loss);
    lay(under.bandwidth, over.bandwidth);
    lay(under.connect, over.connect);
    lay(under.requestSize, over.requestSize);
    lay(under.responseSize, over.responseSize);
    lay(under.timeout, over.timeout);
    lay(under.deadline, over.deadline);
    lay(under.propagateDeadline, over.propagateDeadline);
    lay(under.cancel, over.cancel);
    layPattern(under.retry, over.retry);
    layPattern(under.clientThrottle, over.clientThrottle);
    layPattern(under.circuitBreaker, over.circuitBreaker);
    layPattern(under.bulkhead, over.bulkhead);
    layPattern(under.rateLimit, over.rateLimit);
    layPattern(under.hedge, over.hedge);
    layPattern(under.fallback, over.fallback);
    mergeInto(under.balance, over.balance);
    layPattern(under.outlierDetection, over.outlierDetection);
    mergeInto(under.connections, over.connections);
    layPattern(under.slowStart, over.slowStart);
    lay(under.order, over.order);
    lay(under.preset, over.preset);
    return under;
}

CallPolicy resolveCall(std::vector<CallRule> const& rules, std::string const& caller,
                       bool callerIsLoad, EndpointName const& callee, CallPolicy const& inlined) {
    CallPolicy said;
    for (int wanted = 0; wanted <= 5; ++wanted)
        for (auto const& rule : rules)
            if (strength(rule.name) == wanted && speaksOf(rule, caller, callerIsLoad, callee))
                said = overlay(std::move(said), rule.policy);
    said = overlay(std::move(said), inlined);
    auto const preset = said.preset.value_or(std::nullopt);
    CallPolicy const unsaid = preset ? overlay(callDefaults(), alwaysOf(*preset)) : callDefaults();
    return overlay(unsaid, said);
}

} // namespace shakedown::model
