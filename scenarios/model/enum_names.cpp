#include "scenarios/model/enum_names.hpp"

namespace shakedown::model {

// One list a set: the type, then (enumerator, word) pairs.
#define SHAKEDOWN_NAMES(Type, ...)                                                                 \
    template <>                                                                                    \
    std::span<Named<Type> const> namesOf<Type>() {                                                 \
        using enum Type;                                                                           \
        static constexpr Named<Type> names[] = {__VA_ARGS__};                                      \
        return names;                                                                              \
    }

SHAKEDOWN_NAMES(ServiceKind, {Service, "service"}, {Database, "database"}, {Cache, "cache"},
                {Queue, "queue"}, {Function, "function"}, {Gateway, "gateway"},
                {External, "external"})
SHAKEDOWN_NAMES(QueueOrder, {Fifo, "fifo"}, {Lifo, "lifo"}, {AdaptiveLifo, "adaptive_lifo"},
                {Codel, "codel"}, {Priority, "priority"})
SHAKEDOWN_NAMES(Drop, {None, "none"}, {Expired, "expired"}, {Hopeless, "hopeless"})
SHAKEDOWN_NAMES(ShardKind, {Hash, "hash"}, {Range, "range"})
SHAKEDOWN_NAMES(ConcurrencyLimit, {Fixed, "fixed"}, {Aimd, "aimd"}, {Vegas, "vegas"},
                {Gradient2, "gradient2"})
SHAKEDOWN_NAMES(Return, {WhenAllEnded, "when_all_ended"}, {Early, "early"})
SHAKEDOWN_NAMES(Transport, {Tcp, "tcp"}, {Datagram, "datagram"})
SHAKEDOWN_NAMES(Jitter, {None, "none"}, {Full, "full"}, {Equal, "equal"},
                {Decorrelated, "decorrelated"})
SHAKEDOWN_NAMES(RetryOn, {Timeout, "timeout"}, {Error, "error"}, {Connect, "connect"},
                {Rejected, "rejected"})
SHAKEDOWN_NAMES(BreakerScope, {CallerReplica, "caller_replica"}, {Service, "service"},
                {Replica, "replica"}, {Shard, "shard"})
SHAKEDOWN_NAMES(BreakerByHand, {Auto, "auto"}, {ForcedOpen, "forced_open"}, {Disabled, "disabled"})
SHAKEDOWN_NAMES(BalancePolicy, {RoundRobin, "round_robin"}, {Random, "random"},
                {LeastRequest, "least_request"}, {RingHash, "ring_hash"}, {Maglev, "maglev"},
                {ZoneAware, "zone_aware"}, {Weighted, "weighted"}, {PeakEwma, "peak_ewma"})
SHAKEDOWN_NAMES(FallbackAnswer, {Degraded, "degraded"}, {Ok, "ok"}, {Fail, "fail"})
SHAKEDOWN_NAMES(Pattern, {Fallback, "fallback"}, {Deadline, "deadline"}, {Retry, "retry"},
                {Hedge, "hedge"}, {Balance, "balance"}, {CircuitBreaker, "circuit_breaker"},
                {RateLimit, "rate_limit"}, {Timeout, "timeout"}, {Bulkhead, "bulkhead"},
                {Connection, "connection"}, {Network, "network"})
SHAKEDOWN_NAMES(Dialect, {Resilience4j, "resilience4j"}, {Polly, "polly"}, {Gobreaker, "gobreaker"},
                {Hystrix, "hystrix"}, {Envoy, "envoy"}, {Istio, "istio"}, {Grpc, "grpc"},
                {Finagle, "finagle"}, {Linkerd, "linkerd"}, {AwsSdk, "aws-sdk"}, {Tower, "tower"},
                {Go, "go"}, {Nginx, "nginx"}, {Haproxy, "haproxy"}, {Kubernetes, "kubernetes"})
SHAKEDOWN_NAMES(Arrivals, {Poisson, "poisson"}, {Constant, "constant"}, {Bursts, "bursts"})
SHAKEDOWN_NAMES(Direction, {Requests, "requests"}, {Replies, "replies"}, {Both, "both"})
SHAKEDOWN_NAMES(DeployStrategy, {Rolling, "rolling"}, {BlueGreen, "blue_green"}, {Canary, "canary"})
SHAKEDOWN_NAMES(Placement, {Spread, "spread"}, {Pack, "pack"}, {ByZone, "by_zone"})
SHAKEDOWN_NAMES(Metric, {P50, "p50"}, {P90, "p90"}, {P95, "p95"}, {P99, "p99"}, {P999, "p999"},
                {Mean, "mean"}, {Max, "max"}, {Throughput, "throughput"}, {Goodput, "goodput"},
                {Errors, "errors"}, {Degraded, "degraded"}, {Rejected, "rejected"},
                {Timeouts, "timeouts"}, {Queue, "queue"}, {Utilisation, "utilisation"},
                {Amplification, "amplification"}, {Open, "open"}, {Lag, "lag"},
                {Availability, "availability"}, {BlastRadius, "blast_radius"})
SHAKEDOWN_NAMES(Comparison, {Less, "<"}, {LessOrEqual, "<="}, {Greater, ">"},
                {GreaterOrEqual, ">="})

#undef SHAKEDOWN_NAMES

} // namespace shakedown::model
