#include <algorithm>
#include <limits>

#include "scenarios/model/pattern_order.hpp"
#include "sim/world/plan.hpp"

namespace shakedown::world {

using model::Dialect;
using model::Pattern;

namespace {

RetryMask maskOf(std::vector<model::RetryOn> const& list) {
    RetryMask mask;
    for (auto const on : list) {
        switch (on) {
        case model::RetryOn::Timeout:
            mask.timeout = true;
            break;
        case model::RetryOn::Error:
            mask.error = true;
            break;
        case model::RetryOn::Connect:
            mask.connect = true;
            break;
        case model::RetryOn::Rejected:
            mask.rejected = true;
            break;
        }
    }
    return mask;
}

// "Clients may limit maxAttempts to 5": more are taken as so many (gRFC A6).
constexpr int mostAttemptsOfGrpc = 5;

void takeRetry(model::Retry const& retry, EdgePolicy& e) {
    e.attempts = std::max(1, retry.attempts.value_or(3));
    if (retry.dialect == Dialect::Grpc)
        e.attempts = std::min(e.attempts, mostAttemptsOfGrpc);
    e.repeatsOnlyIdempotent = retry.dialect == Dialect::Nginx;
    e.avoidSameReplica = retry.avoidSameReplica.value_or(false);
    e.retryOn = maskOf(retry.retryOn.value_or(std::vector<model::RetryOn>{}));
    if (retry.backoff)
        e.backoff = resilience::backoffOf(*retry.backoff, retry.dialect);
    if (retry.budget)
        e.budget = resilience::retryBudgetSettingsOf(*retry.budget, retry.dialect);
}

// HystrixThreadPoolProperties: queueSizeRejectionThreshold 5.
constexpr std::uint32_t rejectionThresholdOfHystrix = 5;
// HystrixCommandProperties: fallback.isolation.semaphore.maxConcurrentRequests 10.
constexpr std::uint32_t fallbacksOfHystrix = 10;

// Own threads with a queue before them, or a semaphore. `maxWait`: if it is written; who stands in
// a queue waits for ever unless it says otherwise.
PermitPolicy bulkheadOf(model::Bulkhead const& b, std::optional<Duration> maxWait) {
    if (!b.threads && !b.queue)
        return {b.maxConcurrent.value_or(25), b.maxWait.value_or(Duration()), nothing};
    auto line = static_cast<std::uint32_t>(std::max(0, b.queue.value_or(100)));
    if (b.dialect == Dialect::Hystrix)
        line = std::min(line, rejectionThresholdOfHystrix);
    return {b.threads.value_or(b.maxConcurrent.value_or(25)),
            line > 0 ? maxWait.value_or(Duration::none()) : Duration(), line};
}

// A fallback of Hystrix has a semaphore of its own, whatever isolates the call.
std::optional<std::uint32_t> fallbacksAtOnce(model::CallPolicy const& p) {
    bool const isByPreset = p.preset.value_or(std::nullopt) == Dialect::Hystrix;
    bool const isByDialect =
        p.bulkhead && !p.bulkhead->off && p.bulkhead->dialect == Dialect::Hystrix;
    return isByPreset || isByDialect ? std::optional(fallbacksOfHystrix) : std::nullopt;
}

// Below this share of hosts that are not ejected all of them are used. Only Envoy does so; Istio
// switches it off (minHealthPercent 0), and the others have none.
double panicThresholdOf(model::OutlierDetection const& p) {
    return p.dialect.value_or(Dialect::Envoy) == Dialect::Envoy ? 0.5 : 0;
}

PermitPolicy poolOf(model::Connections const& c) {
    auto const most = c.max.value_or(std::numeric_limits<int>::max());
    if (!c.pending)
        return {most, Duration::none(), nothing};
    auto const line = static_cast<std::uint32_t>(std::max(0, *c.pending));
    return {most, line > 0 ? Duration::none() : Duration(), line};
}

HedgePolicy hedgeOf(model::Hedge const& h) {
    HedgePolicy hedge;
    hedge.most = h.max.value_or(1);
    hedge.dialect = resilience::hedgeDialectOf(h.dialect);
    if (h.dialect == Dialect::Grpc)
        hedge.most = std::min(hedge.most, mostAttemptsOfGrpc - 1);
    if (h.after)
        hedge.delay = resilience::hedgeDelayOf(*h.after);
    return hedge;
}

resilience::BalanceSettings balanceOf(model::Balance const& b) {
    resilience::BalanceSettings settings;
    settings.policy = b.policy.value_or(model::BalancePolicy::RoundRobin);
    settings.choices = b.choices.value_or(0);
    settings.weights = b.weights.value_or(std::vector<int>{});
    settings.bound = b.bound ? b.bound->value() : 0;
    settings.tableSize = static_cast<std::uint32_t>(b.size.value_or(0));
    settings.firstRoundTrip = b.firstRoundTrip.value_or(settings.firstRoundTrip);
    settings.decay = b.decay.value_or(settings.decay);
    return settings;
}

std::optional<Guard> guardOf(Pattern pattern, EdgePolicy const& e) {
    switch (pattern) {
    case Pattern::CircuitBreaker:
        return e.breaker ? std::optional(Guard::CircuitBreaker) : std::nullopt;
    case Pattern::RateLimit:
        return e.rateLimit ? std::optional(Guard::RateLimit) : std::nullopt;
    case Pattern::Timeout:
        return Guard::Timeout;
    case Pattern::Bulkhead:
        return e.bulkhead ? std::optional(Guard::Bulkhead) : std::nullopt;
    case Pattern::Connection:
        return e.pool ? std::optional(Guard::Connection) : std::nullopt;
    case Pattern::Fallback:
    case Pattern::Deadline:
    case Pattern::Retry:
    case Pattern::Hedge:
    case Pattern::Balance:
    case Pattern::Network:
        break;
    }
    return std::nullopt;
}

// Deals the guards out to both sides of the retry. The client throttle stands with the breaker.
void arrange(std::vector<Pattern> const& order, EdgePolicy& e) {
    auto const at = [&](Pattern p) { return std::find(order.begin(), order.end(), p); };
    auto const retry = at(Pattern::Retry);
    for (auto p = order.begin(); p != order.end(); ++p) {
        auto const guard = guardOf(*p, e);
        if (!guard)
            continue;
        bool const isAround = p < retry;
        if (*guard == Guard::CircuitBreaker && e.throttle && !isAround)
            e.guards.push_back(Guard::ClientThrottle);
        if (isAround && *guard == Guard::Timeout)
            e.deadline = std::min(e.deadline, std::exchange(e.timeout, Duration::none()));
        if (isAround && *guard == Guard::Timeout) {
            e.guards.push_back(Guard::Timeout); // the deadline is watched by every attempt
            continue;
        }
        (isAround ? e.around : e.guards).push_back(*guard);
    }
    bool const throttles =
        std::find(e.guards.begin(), e.guards.end(), Guard::ClientThrottle) != e.guards.end();
    if (e.throttle && !throttles)
        e.guards.insert(e.guards.begin(), Guard::ClientThrottle);
    auto const isAround = [&](Guard g) {
        return std::find(e.around.begin(), e.around.end(), g) != e.around.end();
    };
    e.isBreakerAround = isAround(Guard::CircuitBreaker);
    e.isBulkheadAround = isAround(Guard::Bulkhead);
    e.isBreakerInsideTimeout =
        !e.isBreakerAround && at(Pattern::Timeout) < at(Pattern::CircuitBreaker);
}

} // namespace

Result<EdgePolicy> edgePolicyOf(model::CallPolicy const& said) {
    model::CallPolicy const p = model::completed(said);
    EdgePolicy e;
    e.latency = Law(p.latency.value_or(model::Distribution()));
    e.connect = Law(p.connect.value_or(model::Distribution()));
    e.transport = p.transport.value_or(model::Transport::Tcp);
    e.loss = p.loss.value_or(Ratio::of(0)).value();
    e.requestSize = p.requestSize.value_or(Bytes());
    e.responseSize = p.responseSize.value_or(Bytes());
    e.bandwidth = p.bandwidth.value_or(Bandwidth());
    e.timeout = p.timeout.value_or(Duration::none());
    e.deadline = p.deadline.value_or(Duration::none());
    e.propagateDeadline = p.propagateDeadline.value_or(true);
    e.cancel = p.cancel.value_or(false);
    auto const isThere = [](auto const& pattern) { return pattern && !pattern->off; };
    if (isThere(p.retry))
        takeRetry(*p.retry, e);
    if (isThere(p.clientThrottle))
        e.throttle = ThrottlePolicy{p.clientThrottle->k.value_or(2.0),
                                    p.clientThrottle->window.value_or(Duration::seconds(120))};
    if (isThere(p.circuitBreaker)) {
        e.breaker = resilience::breakerSettingsOf(*p.circuitBreaker);
        e.isOpenTimeDrawn = resilience::jitters(*e.breaker);
        e.breakerPer = p.circuitBreaker->per.value_or(model::BreakerScope::CallerReplica);
        e.byHand = p.circuitBreaker->byHand.value_or(model::BreakerByHand::Auto);
    }
    if (isThere(p.rateLimit) && p.rateLimit->rate)
        e.rateLimit = RateLimitPolicy{resilience::rateLimiterSettingsOf(*p.rateLimit),
                                      p.rateLimit->maxWait.value_or(Duration())};
    if (isThere(p.bulkhead))
        e.bulkhead = bulkheadOf(*p.bulkhead, said.bulkhead->maxWait);
    if (p.connections)
        e.pool = poolOf(*p.connections);
    if (isThere(p.hedge) && p.hedge->after)
        e.hedge = hedgeOf(*p.hedge);
    if (isThere(p.outlierDetection)) {
        e.outliers = resilience::outlierSettingsOf(*p.outlierDetection,
                                                   {e.retryOn.error, e.retryOn.rejected});
        e.panicThreshold = panicThresholdOf(*p.outlierDetection);
    }
    if (isThere(p.fallback)) {
        e.fallbacksAtOnce = fallbacksAtOnce(p);
        e.fallback = p.fallback->answer.value_or(model::FallbackAnswer::Degraded);
        e.fallbackWork = Law(p.fallback->work.value_or(model::Distribution()));
    }
    if (p.balance)
        e.balance = balanceOf(*p.balance);
    if (isThere(p.slowStart)) {
        e.balance.slowStart.window = p.slowStart->window.value_or(Duration());
        e.balance.slowStart.aggression = p.slowStart->aggression.value_or(1);
    }
    auto const wanted = p.order.value_or(std::vector<Pattern>{});
    if (auto const refused = model::impossibleOrder(wanted))
        return Diagnostic{Severity::Error, "E900", *refused, "", {}};
    arrange(model::wholeOrder(wanted), e);
    return e;
}

} // namespace shakedown::world
