#include "scenarios/model/preset_rows.hpp"

namespace shakedown::model {

using namespace literals;
using namespace rows;

namespace {

std::vector<RetryOn> everything() {
    return {RetryOn::Timeout, RetryOn::Error, RetryOn::Connect, RetryOn::Rejected};
}

Preset resilience4j() {
    return {
        Dialect::Resilience4j,
        "resilience4j 2.4.0",
        {},
        {retry("attempts", &Retry::attempts, 3, "RetryConfig: maxAttempts 3, the first included"),
         retry("backoff.initial", &Retry::backoff, &Backoff::initial, 500_ms,
               "RetryConfig: waitDuration 500 ms"),
         retry("backoff.factor", &Retry::backoff, &Backoff::factor, 1,
               "IntervalFunction.ofDefaults(): every wait is the same"),
         retry("backoff.max", &Retry::backoff, &Backoff::max, Duration::none(),
               "IntervalFunction: no cap unless given"),
         retry("backoff.jitter", &Retry::backoff, &Backoff::jitter, Jitter::None,
               "IntervalFunction.ofDefaults(): not randomised"),
         retry("retry_on", &Retry::retryOn, everything(),
               "RetryConfig: retryExceptions not set is every exception, those of other patterns "
               "too"),
         breaker("window.calls", &CircuitBreaker::window, &BreakerWindow::calls, 100,
                 "CircuitBreakerConfig: slidingWindowType COUNT_BASED, slidingWindowSize 100"),
         breaker("minimum_calls", &CircuitBreaker::minimumCalls, 100,
                 "CircuitBreakerConfig: minimumNumberOfCalls 100"),
         breaker("failure_rate", &CircuitBreaker::failureRate, Ratio::percent(50),
                 "CircuitBreakerConfig: failureRateThreshold 50"),
         breaker("slow_rate", &CircuitBreaker::slowRate, Ratio::percent(100),
                 "CircuitBreakerConfig: slowCallRateThreshold 100"),
         breaker("slow_after", &CircuitBreaker::slowAfter, 60_s,
                 "CircuitBreakerConfig: slowCallDurationThreshold 60 s"),
         breaker("open_for", &CircuitBreaker::openFor, 60_s,
                 "CircuitBreakerConfig: waitDurationInOpenState 60 s"),
         breaker("half_open_calls", &CircuitBreaker::halfOpenCalls, 10,
                 "CircuitBreakerConfig: permittedNumberOfCallsInHalfOpenState 10"),
         breaker("half_open_for", &CircuitBreaker::halfOpenFor, Duration::none(),
                 "CircuitBreakerConfig: maxWaitDurationInHalfOpenState 0 is no limit"),
         bulkhead("max_concurrent", &Bulkhead::maxConcurrent, 25,
                  "BulkheadConfig: maxConcurrentCalls 25"),
         bulkhead("max_wait", &Bulkhead::maxWait, 0_s, "BulkheadConfig: maxWaitDuration 0"),
         rateLimit("rate", &RateLimit::rate, Rate::perSecond(1e8),
                   "RateLimiterConfig: limitForPeriod 50 each limitRefreshPeriod of 500 ns"),
         rateLimit("burst", &RateLimit::burst, 50, "RateLimiterConfig: limitForPeriod 50"),
         rateLimit("max_wait", &RateLimit::maxWait, 5_s, "RateLimiterConfig: timeoutDuration 5 s"),
         hedge("max", &Hedge::max, 1, "Hedge: a second call at most")},
        {when("with threads of its own", bulkhead("queue", &Bulkhead::queue, 100,
                                                  "ThreadPoolBulkheadConfig: queueCapacity 100"))},
        {{"A TimeLimiter gives up after 1 s and cancels; it is only there when added: write "
          "`timeout: 1s`.",
          "TimeLimiterConfig: timeoutDuration 1 s, cancelRunningFuture true"},
         {"A thread pool has one thread less than processors: write `threads`.",
          "ThreadPoolBulkheadConfig: coreThreadPoolSize"},
         {"Exponential backoff, where asked for, multiplies by 1.5; jitter, of whatever kind, is a "
          "half up or down; each wait is cut to whole milliseconds.",
          "IntervalFunction: DEFAULT_MULTIPLIER 1.5, DEFAULT_RANDOMIZATION_FACTOR 0.5"},
         {"From open to half open with the next call, not by itself.",
          "CircuitBreakerConfig: automaticTransitionFromOpenToHalfOpenEnabled false"},
         {"Patterns from outside in: retry, circuit breaker, rate limiter, time limiter, bulkhead.",
          "resilience4j guide, Spring Boot: aspect order"}}};
}

Preset polly() {
    return {Dialect::Polly,
            "Polly 8",
            {},
            {retry("attempts", &Retry::attempts, 4,
                   "RetryStrategyOptions: MaxRetryAttempts 3, the first not counted"),
             retry("backoff.initial", &Retry::backoff, &Backoff::initial, 2_s,
                   "RetryStrategyOptions: Delay 2 s"),
             retry("backoff.factor", &Retry::backoff, &Backoff::factor, 1,
                   "RetryStrategyOptions: BackoffType Constant"),
             retry("backoff.max", &Retry::backoff, &Backoff::max, Duration::none(),
                   "RetryStrategyOptions: MaxDelay null"),
             retry("backoff.jitter", &Retry::backoff, &Backoff::jitter, Jitter::None,
                   "RetryStrategyOptions: UseJitter false"),
             retry("retry_on", &Retry::retryOn, everything(),
                   "RetryStrategyOptions: ShouldHandle is every exception but "
                   "OperationCanceledException"),
             breaker("window.time", &CircuitBreaker::window, &BreakerWindow::time, 30_s,
                     "CircuitBreakerStrategyOptions: SamplingDuration 30 s"),
             breaker("minimum_calls", &CircuitBreaker::minimumCalls, 100,
                     "CircuitBreakerStrategyOptions: MinimumThroughput 100"),
             breaker("failure_rate", &CircuitBreaker::failureRate, Ratio::percent(10),
                     "CircuitBreakerStrategyOptions: FailureRatio 0.1"),
             breaker("open_for", &CircuitBreaker::openFor, 5_s,
                     "CircuitBreakerStrategyOptions: BreakDuration 5 s"),
             breaker("half_open_calls", &CircuitBreaker::halfOpenCalls, 1,
                     "Polly manual, circuit breaker: one trial"),
             bulkhead("max_concurrent", &Bulkhead::maxConcurrent, 1000,
                      "RateLimiterStrategyOptions: DefaultRateLimiterOptions.PermitLimit 1000"),
             bulkhead("max_wait", &Bulkhead::maxWait, 0_s,
                      "RateLimiterStrategyOptions: DefaultRateLimiterOptions.QueueLimit 0"),
             hedge("after", &Hedge::after, 2_s, "HedgingStrategyOptions: Delay 2 s"),
             hedge("max", &Hedge::max, 1, "HedgingStrategyOptions: MaxHedgedAttempts 1")},
            {},
            {{"A timeout strategy gives up after 30 s; it is only there when added: write "
              "`timeout: 30s`.",
              "TimeoutStrategyOptions: Timeout 30 s"},
             {"Jitter, of whatever kind, is a quarter up or down for waits that do not grow, a "
              "decorrelated formula for those that do; the cap comes after it.",
              "Polly.Core, RetryHelper"}}};
}

Preset gobreaker() {
    return {Dialect::Gobreaker,
            "sony/gobreaker 1",
            {},
            {breaker("consecutive", &CircuitBreaker::consecutive, 6,
                     "Settings: ReadyToTrip not set trips at more than 5 consecutive failures"),
             breaker("open_for", &CircuitBreaker::openFor, 60_s, "Settings: Timeout 0 is 60 s"),
             breaker("half_open_calls", &CircuitBreaker::halfOpenCalls, 1,
                     "Settings: MaxRequests 0 is 1")},
            {},
            {{"Counts are never cleared while closed.", "Settings: Interval 0"},
             {"A written `failure_rate` stands for a ReadyToTrip of your own, which replaces the "
              "run of 6.",
              "Settings: ReadyToTrip"}}};
}

Preset hystrix() {
    return {
        Dialect::Hystrix,
        "Hystrix 1.5.18",
        {call("timeout", &CallPolicy::timeout, 1_s,
              "HystrixCommandProperties: execution.isolation.thread.timeoutInMilliseconds 1000"),
         breaker("HystrixCommandProperties: circuitBreaker.enabled true"),
         bulkhead("HystrixCommandProperties: execution.isolation.strategy THREAD")},
        {breaker("window.time", &CircuitBreaker::window, &BreakerWindow::time, 10_s,
                 "HystrixCommandProperties: metrics.rollingStats.timeInMilliseconds 10000"),
         breaker("minimum_calls", &CircuitBreaker::minimumCalls, 20,
                 "HystrixCommandProperties: circuitBreaker.requestVolumeThreshold 20"),
         breaker("failure_rate", &CircuitBreaker::failureRate, Ratio::percent(50),
                 "HystrixCommandProperties: circuitBreaker.errorThresholdPercentage 50"),
         breaker("open_for", &CircuitBreaker::openFor, 5_s,
                 "HystrixCommandProperties: circuitBreaker.sleepWindowInMilliseconds 5000"),
         breaker("half_open_calls", &CircuitBreaker::halfOpenCalls, 1,
                 "HystrixCircuitBreaker: a single test"),
         bulkhead("threads", &Bulkhead::threads, 10, "HystrixThreadPoolProperties: coreSize 10"),
         bulkhead("queue", &Bulkhead::queue, 0,
                  "HystrixThreadPoolProperties: maxQueueSize -1 is no queue")},
        {when("as a semaphore", bulkhead("max_concurrent", &Bulkhead::maxConcurrent, 10,
                                         "HystrixCommandProperties: "
                                         "execution.isolation.semaphore.maxConcurrentRequests 10")),
         when("as a semaphore", bulkhead("max_wait", &Bulkhead::maxWait, 0_s,
                                         "HystrixCommandProperties: a semaphore rejects at once"))},
        {{"The breaker looks at the statistics every 500 ms.",
          "HystrixCommandProperties: metrics.healthSnapshot.intervalInMilliseconds 500"},
         {"Timeouts and rejections by the bulkhead count as failures.", "HystrixCommandMetrics"},
         {"A fallback has a semaphore of its own: 10 at once.",
          "HystrixCommandProperties: fallback.isolation.semaphore.maxConcurrentRequests 10"},
         {"A queue of threads, where there is one, refuses above 5 waiting; a fallback that finds "
          "no place fails with the error of its call.",
          "HystrixThreadPoolProperties: queueSizeRejectionThreshold 5"}}};
}

Preset tower() {
    return {
        Dialect::Tower,
        "tower 0.5.2",
        {},
        {retry("backoff.initial", &Retry::backoff, &Backoff::initial, 50_ms,
               "ExponentialBackoffMaker::default(): min 50 ms"),
         retry("backoff.factor", &Retry::backoff, &Backoff::factor, 2,
               "ExponentialBackoff: doubles"),
         retry("backoff.max", &Retry::backoff, &Backoff::max, Duration::none(),
               "ExponentialBackoffMaker::default(): max u64::MAX ms"),
         retry("backoff.jitter", &Retry::backoff, &Backoff::jitter, Jitter::None,
               "ExponentialBackoffMaker: adds to the wait, see below"),
         retry("budget.ratio", &Retry::budget, &RetryBudget::ratio, Ratio::percent(20),
               "TpsBudget::default(): retry_percent 0.2"),
         retry("budget.min_rate", &Retry::budget, &RetryBudget::minRate, Rate::perSecond(10),
               "TpsBudget::default(): min_per_sec 10"),
         rateLimit("max_wait", &RateLimit::maxWait, Duration::none(),
                   "RateLimit: not ready until the next period"),
         hedge("max", &Hedge::max, 1, "Hedge: a second request at most"),
         when("with `least_request`",
              balance("choices", &Balance::choices, 2, "Balance: power of two choices"))},
        {},
        {{"The backoff adds a random part of up to 99 % of the wait.",
          "ExponentialBackoffMaker::default(): jitter 0.99"},
         {"What the budget counts is forgotten after 10 s.", "TpsBudget::default(): ttl 10 s"},
         {"Timeouts and limits of concurrency have no default.", "tower::timeout, tower::limit"}}};
}

Preset go() {
    return {Dialect::Go,
            "golang.org/x/time/rate",
            {},
            {rateLimit("rate.Limiter: its edges; rate and burst have no default"),
             rateLimit("max_wait", &RateLimit::maxWait, Duration::none(),
                       "Limiter.Wait: as long as its context allows")},
            {},
            {{"The bucket starts full.", "rate.NewLimiter"}}};
}

} // namespace

std::vector<Preset> libraryPresets() {
    return {resilience4j(), polly(), gobreaker(), hystrix(), tower(), go()};
}

} // namespace shakedown::model
