#include "scenarios/model/call_policy.hpp"

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
    if (b.policy && b.policy != a.policy)
        a.choices.reset();
    lay(a.policy, b.policy);
    lay(a.choices, b.choices);
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

CallPolicy const& callDefaults() {
    static CallPolicy const defaults = [] {
        CallPolicy p;
        p.latency = Distribution::constant(Duration());
        p.transport = Transport::Tcp;
        p.loss = Ratio::of(0);
        p.connect = Distribution::constant(Duration());
        p.timeout = Duration::none();
        p.deadline = Duration::none();
        p.propagateDeadline = true;
        p.cancel = false;
        p.balance = Balance{BalancePolicy::RoundRobin, std::nullopt};
        return p;
    }();
    return defaults;
}

CallPolicy const& patternDefaults() {
    static CallPolicy const defaults = [] {
        CallPolicy p;
        p.retry =
            Retry{false,
                  3,
                  Backoff{Duration::milliseconds(100), 2.0, Duration::seconds(10), Jitter::Full},
                  std::nullopt,
                  std::vector{RetryOn::Timeout, RetryOn::Error, RetryOn::Connect},
                  false,
                  std::nullopt};
        p.clientThrottle = ClientThrottle{false, 2.0, Duration::seconds(120)};
        p.circuitBreaker = CircuitBreaker{false,
                                          BreakerWindow{100, std::nullopt},
                                          100,
                                          Ratio::percent(50),
                                          Ratio::percent(100),
                                          Duration::seconds(60),
                                          Duration::seconds(60),
                                          10,
                                          Duration::none(),
                                          std::nullopt,
                                          BreakerScope::CallerReplica,
                                          BreakerByHand::Auto,
                                          std::nullopt};
        p.bulkhead = Bulkhead{false, 25, Duration(), std::nullopt, std::nullopt, std::nullopt};
        p.fallback = Fallback{false, FallbackAnswer::Degraded, Distribution()};
        p.outlierDetection = OutlierDetection{false,
                                              5,
                                              std::nullopt,
                                              100,
                                              Duration::seconds(10),
                                              Duration::seconds(30),
                                              Ratio::percent(10),
                                              std::nullopt};
        return p;
    }();
    return defaults;
}

namespace {

template <class P>
void complete(std::optional<P>& pattern, std::optional<P> const& defaults) {
    if (!pattern || pattern->off || !defaults)
        return;
    P full = *defaults;
    merge(full, *pattern);
    pattern = full;
}

} // namespace

CallPolicy completed(CallPolicy policy) {
    CallPolicy const& defaults = patternDefaults();
    bool const backsOff = policy.retry && policy.retry->backoff;
    complete(policy.retry, defaults.retry);
    if (policy.retry && !backsOff)
        policy.retry->backoff.reset();
    complete(policy.clientThrottle, defaults.clientThrottle);
    complete(policy.circuitBreaker, defaults.circuitBreaker);
    complete(policy.bulkhead, defaults.bulkhead);
    complete(policy.fallback, defaults.fallback);
    complete(policy.outlierDetection, defaults.outlierDetection);
    return policy;
}

CallPolicy resolveCall(std::vector<CallRule> const& rules, std::string const& caller,
                       bool callerIsLoad, EndpointName const& callee, CallPolicy const& inlined) {
    CallPolicy policy = callDefaults();
    for (int wanted = 0; wanted <= 5; ++wanted)
        for (auto const& rule : rules)
            if (strength(rule.name) == wanted && speaksOf(rule, caller, callerIsLoad, callee))
                policy = overlay(std::move(policy), rule.policy);
    return overlay(std::move(policy), inlined);
}

} // namespace shakedown::model
