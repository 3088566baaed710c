#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "scenarios/chance/distribution.hpp"
#include "scenarios/model/names.hpp"
#include "scenarios/vocabulary/quantities.hpp"
#include "scenarios/vocabulary/time.hpp"

/// How one service calls another. Every member of a policy is optional, because rules of different
/// reach ("* -> *", "a -> *", "a -> b") are laid over each other key by key; `off` is set by
/// writing `none` for a whole pattern.
namespace shakedown::model {

using chance::Distribution;

enum class Transport : std::uint8_t { Tcp, Datagram };
enum class Jitter : std::uint8_t { None, Full, Equal, Decorrelated };
enum class RetryOn : std::uint8_t { Timeout, Error, Connect, Rejected };
enum class BreakerScope : std::uint8_t { CallerReplica, Service, Replica, Shard };
enum class BreakerByHand : std::uint8_t { Auto, ForcedOpen, Disabled };
enum class BalancePolicy : std::uint8_t {
    RoundRobin,
    Random,
    LeastRequest,
    RingHash,
    Maglev,
    ZoneAware,
    Weighted,
    PeakEwma
};
enum class FallbackAnswer : std::uint8_t { Degraded, Ok, Fail };
enum class Pattern : std::uint8_t {
    Fallback,
    Deadline,
    Retry,
    Hedge,
    Balance,
    CircuitBreaker,
    RateLimit,
    Timeout,
    Bulkhead,
    Connection,
    Network
};
/// Whose edges a pattern follows.
enum class Dialect : std::uint8_t {
    Resilience4j,
    Polly,
    Gobreaker,
    Hystrix,
    Envoy,
    Istio,
    Grpc,
    Finagle,
    Linkerd,
    AwsSdk,
    Tower,
    Go,
    Nginx,
    Haproxy,
    Kubernetes
};

struct Backoff {
    std::optional<Duration> initial;
    std::optional<double> factor;
    std::optional<Duration> max;
    std::optional<Jitter> jitter;
    friend bool operator==(Backoff const&, Backoff const&) = default;
};

/// One of three kinds; which keys are given tells which (reading refuses a mixture).
struct RetryBudget {
    std::optional<Ratio> ratio;       // Finagle: of requests over 10 s
    std::optional<Rate> minRate;      // Finagle
    std::optional<Ratio> percent;     // Envoy: of active requests
    std::optional<int> minConcurrent; // Envoy
    std::optional<double> tokens;     // a bucket: its size
    std::optional<double> deposit;    // a bucket: given by a success
    std::optional<double> cost;       // a bucket: taken by a retry
    friend bool operator==(RetryBudget const&, RetryBudget const&) = default;
};

struct Retry {
    bool off = false;
    std::optional<int> attempts; // the first included
    std::optional<Backoff> backoff;
    std::optional<RetryBudget> budget;
    std::optional<std::vector<RetryOn>> retryOn;
    std::optional<bool> avoidSameReplica;
    std::optional<Dialect> dialect;
    friend bool operator==(Retry const&, Retry const&) = default;
};

struct ClientThrottle {
    bool off = false;
    std::optional<double> k;
    std::optional<Duration> window;
    friend bool operator==(ClientThrottle const&, ClientThrottle const&) = default;
};

/// Exactly one of the two is set after resolution: the last `calls` results, or those of `time`.
struct BreakerWindow {
    std::optional<int> calls;
    std::optional<Duration> time;
    friend bool operator==(BreakerWindow const&, BreakerWindow const&) = default;
};

struct CircuitBreaker {
    bool off = false;
    std::optional<BreakerWindow> window;
    std::optional<int> minimumCalls;
    std::optional<Ratio> failureRate;
    std::optional<Ratio> slowRate;
    std::optional<Duration> slowAfter;
    std::optional<Duration> openFor;
    std::optional<int> halfOpenCalls;
    std::optional<Duration> halfOpenFor; // none: no limit
    std::optional<int> consecutive;      // dialects that count runs of failures
    std::optional<BreakerScope> per;
    std::optional<BreakerByHand> byHand;
    std::optional<Dialect> dialect;
    friend bool operator==(CircuitBreaker const&, CircuitBreaker const&) = default;
};

struct Bulkhead {
    bool off = false;
    std::optional<int> maxConcurrent;
    std::optional<Duration> maxWait;
    std::optional<int> threads; // own threads instead of a semaphore
    std::optional<int> queue;
    std::optional<Dialect> dialect;
    friend bool operator==(Bulkhead const&, Bulkhead const&) = default;
};

struct RateLimit {
    bool off = false;
    std::optional<Rate> rate;
    std::optional<int> burst;
    std::optional<Duration> maxWait;
    std::optional<Dialect> dialect;
    friend bool operator==(RateLimit const&, RateLimit const&) = default;
};

/// After a duration or after a percentile of the call's own latency.
struct Hedge {
    bool off = false;
    std::optional<std::variant<Duration, Ratio>> after;
    std::optional<int> max;
    std::optional<Dialect> dialect;
    friend bool operator==(Hedge const&, Hedge const&) = default;
};

struct Fallback {
    bool off = false;
    std::optional<FallbackAnswer> answer;
    std::optional<Distribution> work;
    friend bool operator==(Fallback const&, Fallback const&) = default;
};

/// `choices`: replicas compared, drawn with replacement; 0 compares all, which also holds if no
/// preset says otherwise. `weights`: of the replicas in order, again from the first when they end.
struct Balance {
    std::optional<BalancePolicy> policy{};
    std::optional<int> choices{};
    std::optional<std::vector<int>> weights{};
    std::optional<Ratio> bound{};             // of hashing: load of a replica by the mean, >= 1
    std::optional<int> size{};                // points of the ring, places of Maglev's table
    std::optional<Duration> firstRoundTrip{}; // of peak_ewma: assumed before the first answer
    std::optional<Duration> decay{};
    friend bool operator==(Balance const&, Balance const&) = default;
};

struct OutlierDetection {
    bool off = false;
    std::optional<int> consecutive;
    std::optional<Ratio> failureRate;
    std::optional<int> minimumCalls;
    std::optional<Duration> interval;
    std::optional<Duration> ejectFor;
    std::optional<Ratio> maxEjected;
    std::optional<Dialect> dialect;
    friend bool operator==(OutlierDetection const&, OutlierDetection const&) = default;
};

struct Connections {
    std::optional<int> max;
    std::optional<int> pending;
    friend bool operator==(Connections const&, Connections const&) = default;
};

struct SlowStart {
    bool off = false;
    std::optional<Duration> window;
    std::optional<double> aggression;
    friend bool operator==(SlowStart const&, SlowStart const&) = default;
};

/// The library whose defaults hold; empty is `none`, which takes back the preset of a weaker rule.
using PresetChoice = std::optional<Dialect>;

struct CallPolicy {
    std::optional<Distribution> latency; // one way
    std::optional<Transport> transport;
    std::optional<Ratio> loss;
    std::optional<Bandwidth> bandwidth;
    std::optional<Distribution> connect;
    std::optional<Bytes> requestSize;
    std::optional<Bytes> responseSize;
    std::optional<Duration> timeout;  // one attempt
    std::optional<Duration> deadline; // all attempts
    std::optional<bool> propagateDeadline;
    std::optional<bool> cancel;
    std::optional<Retry> retry;
    std::optional<ClientThrottle> clientThrottle;
    std::optional<CircuitBreaker> circuitBreaker;
    std::optional<Bulkhead> bulkhead;
    std::optional<RateLimit> rateLimit;
    std::optional<Hedge> hedge;
    std::optional<Fallback> fallback;
    std::optional<Balance> balance;
    std::optional<OutlierDetection> outlierDetection;
    std::optional<Connections> connections;
    std::optional<SlowStart> slowStart;
    std::optional<std::vector<Pattern>> order; // outside in
    std::optional<PresetChoice> preset;
    friend bool operator==(CallPolicy const&, CallPolicy const&) = default;
};

/// Lays `over` on `under`: what `over` says wins, patterns merge key by key, lists and scalars
/// replace. A pattern written as `none` switches off what stood under it; a pattern that speaks
/// again after `none` starts from nothing.
CallPolicy overlay(CallPolicy under, CallPolicy const& over);

/// The policy of a call about which nothing is said and which has no preset.
CallPolicy const& callDefaults();

/// For every pattern, the values of the keys that are not said once the pattern is there at all,
/// where neither a preset nor a dialect says otherwise (presets.hpp). Sources: resilience4j 2.4.0
/// (attempts, breaker, bulkhead), Google SRE book (client throttle), Envoy (outlier detection). A
/// backoff that is not written is none: the next attempt goes at once.
CallPolicy const& patternDefaults();

/// `policy` with every pattern that is there (and not off) completed: its keys from the dialect it
/// names, else from the preset, else from patternDefaults(); its dialect from the preset. A pattern
/// that the library does not have keeps the format's own values and dialect.
CallPolicy completed(CallPolicy policy);

struct CallRule {
    CallName name;
    CallPolicy policy;
    Place place;
};

/// The rules that speak of this call, weakest first: "* -> *", "* -> b", "a -> *", the exact pair,
/// the exact endpoint. `callerIsLoad` keeps "*" from matching a load. The preset of the strongest
/// rule that names one switches on what its library does with nothing configured; whatever a rule
/// says wins over it.
CallPolicy resolveCall(std::vector<CallRule> const& rules, std::string const& caller,
                       bool callerIsLoad, EndpointName const& callee, CallPolicy const& inlined);

} // namespace shakedown::model
