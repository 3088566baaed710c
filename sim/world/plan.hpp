#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "reports/record/moments.hpp"
#include "scenarios/chance/distribution.hpp"
#include "scenarios/chance/elementary.hpp"
#include "scenarios/chance/quantile_table.hpp"
#include "scenarios/model/scenario.hpp"
#include "sim/resilience/adaptive_limit.hpp"
#include "sim/resilience/backoff.hpp"
#include "sim/resilience/balancer.hpp"
#include "sim/resilience/breaker.hpp"
#include "sim/resilience/hedging.hpp"
#include "sim/resilience/outlier_detector.hpp"
#include "sim/resilience/rate_limiter.hpp"
#include "sim/resilience/retry_budget.hpp"

/// The scenario compiled to flat arrays: what never changes while a revision is in force. Names
/// have become indices, endpoints small step programs, calls edges with resolved policies.
namespace shakedown::world {

inline constexpr std::uint32_t nothing = ~std::uint32_t{0};

/// A distribution with its common cases told apart.
class Law {
public:
    Law() = default;
    explicit Law(chance::Distribution distribution);
    bool isZero() const { return kind_ == Kind::Constant && constant_ == Duration(); }
    Duration mean() const { return mean_; }
    Duration draw(chance::Stream const& stream, chance::Key key, std::uint64_t step) const {
        if (kind_ == Kind::Constant)
            return constant_;
        if (kind_ == Kind::Exponential)
            return Duration::nanoseconds(static_cast<std::int64_t>(
                -meanNanoseconds_ * chance::logarithm(stream.uniform(key, step)) + 0.5));
        if (kind_ == Kind::Lognormal)
            return Duration::fromSeconds(table_->at(stream.uniform(key, step)));
        return drawOther(stream, key, step);
    }
    friend bool operator==(Law const& a, Law const& b);

private:
    Duration drawOther(chance::Stream const& stream, chance::Key key, std::uint64_t step) const;

    enum class Kind : std::uint8_t { Constant, Exponential, Lognormal, Other };
    Kind kind_ = Kind::Constant;
    Duration constant_;
    double meanNanoseconds_ = 0;                         // of an exponential
    std::shared_ptr<chance::QuantileTable const> table_; // of a lognormal
    Duration mean_;
    std::shared_ptr<chance::Distribution const> full_; // never null but for the constant 0
};

enum class OpCode : std::uint8_t {
    Work,       // a: law
    Wait,       // a: law
    WaitByLoad, // a: index into loadWaits
    Call,       // a: site
    Fork,       // a: fork
    Choose,     // a: choice table
    LoopBegin,  // a: times, b: where to go when 0, loop: register
    LoopEnd,    // b: back to, loop: register
    Jump,       // b: where to
    Fail,       // a: index into shares
    Reply,
    Degrade, // the answer is degraded from here on
    End
};
/// On failure an op goes to `onFail`, or fails its strand.
struct Op {
    OpCode code = OpCode::End;
    std::uint8_t loop = 0;
    std::uint16_t step = 0; // its number within the endpoint, for draws
    std::uint32_t a = 0;
    std::uint32_t b = 0;
    std::uint32_t onFail = nothing;
};
inline constexpr std::size_t loopRegisters = 4;

struct LoadWait {
    Duration base;
    Duration slope;
};
struct Fork {
    struct Branch {
        std::uint32_t pc = 0;    // of its first op
        bool isLoneCall = false; // nothing but a call whose failure is the branch's
        friend bool operator==(Branch, Branch) = default;
    };
    std::vector<Branch> branches;
    std::uint32_t need = 0;
    model::Return when = model::Return::WhenAllEnded;
};
struct Choice {
    std::vector<double> upTo; // cumulative shares
    std::vector<std::uint32_t> goTo;
    std::uint32_t otherwise = 0;
};

/// Which results a retry answers to, by kind.
struct RetryMask {
    bool timeout = false;
    bool error = false;
    bool connect = false;
    bool rejected = false;
    friend bool operator==(RetryMask, RetryMask) = default;
};

/// What may refuse a call or an attempt, or make it wait, at the caller.
enum class Guard : std::uint8_t {
    ClientThrottle,
    CircuitBreaker,
    RateLimit,
    Timeout,
    Bulkhead,
    Connection
};

struct HedgePolicy {
    resilience::HedgeDelaySettings delay;
    resilience::HedgeDialect dialect = resilience::HedgeDialect::Resilience4j;
    int most = 1; // additional attempts
    friend bool operator==(HedgePolicy const&, HedgePolicy const&) = default;
};
struct ThrottlePolicy {
    double k = 2;
    Duration window = Duration::seconds(120);
    friend bool operator==(ThrottlePolicy const&, ThrottlePolicy const&) = default;
};
struct RateLimitPolicy {
    resilience::RateLimiterSettings limiter;
    Duration maxWait;
    friend bool operator==(RateLimitPolicy const&, RateLimitPolicy const&) = default;
};
/// Places taken at once, and who may wait for one.
struct PermitPolicy {
    int most = 0;
    Duration maxWait = Duration::none();
    std::uint32_t line = nothing; // waiting places; nothing: unbounded
    friend bool operator==(PermitPolicy const&, PermitPolicy const&) = default;
};

struct EdgePolicy {
    std::vector<Guard> around; // outside the retry, outside in: passed once by the whole call
    std::vector<Guard> guards; // of each attempt, outside in; only what the policy has
    Law latency;
    Law connect;
    model::Transport transport = model::Transport::Tcp;
    double loss = 0;
    Bytes requestSize;
    Bytes responseSize;
    Bandwidth bandwidth; // 0: as much as the way gives
    Duration timeout = Duration::none();
    Duration deadline = Duration::none();
    bool propagateDeadline = true;
    bool cancel = false;
    int attempts = 1;
    resilience::Backoff backoff;
    RetryMask retryOn;
    bool repeatsOnlyIdempotent = false; // what was sent (nginx)
    bool avoidSameReplica = false;
    std::optional<resilience::RetryBudgetSettings> budget;
    std::optional<ThrottlePolicy> throttle;
    std::optional<resilience::BreakerSettings> breaker;
    model::BreakerScope breakerPer = model::BreakerScope::CallerReplica;
    model::BreakerByHand byHand = model::BreakerByHand::Auto;
    std::optional<RateLimitPolicy> rateLimit;
    std::optional<PermitPolicy> bulkhead;
    std::optional<PermitPolicy> pool; // of connections
    std::optional<HedgePolicy> hedge;
    std::optional<resilience::OutlierSettings> outliers;
    double panicThreshold = 0; // share of hosts left below which ejected ones are used too
    bool isBreakerAround = false;
    bool isBulkheadAround = false;
    bool isBreakerInsideTimeout = false; // then a timeout is no result for it
    bool isOpenTimeDrawn = false;        // its breaker's

    /// Whether callers keep more than breakers and gates.
    bool needsProtection() const {
        return budget || throttle || rateLimit || hedge || outliers || fallbacksAtOnce;
    }
    std::optional<model::FallbackAnswer> fallback;
    Law fallbackWork;
    std::optional<std::uint32_t> fallbacksAtOnce;
    resilience::BalanceSettings balance;
    friend bool operator==(EdgePolicy const&, EdgePolicy const&) = default;
};

/// What an ordinary call needs to know of its policy, together in one cache line.
struct Shortcuts {
    Duration timeout = Duration::none();
    Duration deadline = Duration::none();
    bool isInstant = true;  // neither latency nor loss, and nothing carries its messages
    bool isCarried = false; // its messages have a size, or machines to go between
    bool isGuarded = false; // by more than a timeout
    bool isWatched = false; // somebody wants to know how attempts end
    bool hedges = false;
    bool hasAround = false;         // guards outside the retry
    bool choosesAmongSome = false;  // not every listed replica will do
    bool connects = false;          // pays for a new connection
    bool countsOutstanding = false; // by replica, for the balancer or its connections
    bool weighs = false;            // callers have a Balancer
    bool propagatesDeadline = true;
    bool isPlain = false;        // nothing stands between caller and callee but a timeout
    bool isDetailed = false;     // calls and tasks remember more than every call does
    bool entersDetailed = false; // tasks, for the sake of their service
};
Shortcuts shortcutsOf(EdgePolicy const& policy);

/// A resolved policy in the world's terms. Errors: an order of patterns the world cannot do.
Result<EdgePolicy> edgePolicyOf(model::CallPolicy const& said);

/// A caller (service or load), a callee service and one policy between them; breakers, bulkheads
/// and rounds are kept by edge and caller replica (or client).
struct Edge {
    bool fromLoad = false;
    std::uint32_t caller = 0; // service or load
    std::uint32_t callee = 0;
    std::uint32_t call = 0; // reported as
    std::uint32_t link = 0;
    Shortcuts quick;
    EdgePolicy policy;
    std::uint32_t shards = 0; // of the callee; 0: not partitioned
};
/// The network between a caller and a callee service.
struct Link {
    bool fromLoad = false;
    std::uint32_t caller = 0;
    std::uint32_t callee = 0;
};
/// A place in a program (or a load's mix) that calls.
struct Site {
    std::uint32_t edge = 0;
    std::uint32_t endpoint = 0;
};

struct EndpointPlan {
    std::uint32_t service = 0;
    std::uint32_t entry = 0; // first op
    int priority = 0;
    Duration expected; // mean of its own work and waits
    std::string streamName;
    bool isIdempotent = true;
};

/// The server's own protection, per replica.
struct LimitPolicy {
    std::optional<resilience::RateLimiterSettings> rate;
    std::optional<int> fixed;
    std::optional<resilience::AdaptiveLimitSettings> adaptive;
    std::vector<int> priorities; // those below the first are shed first
    friend bool operator==(LimitPolicy const&, LimitPolicy const&) = default;
};

struct ServicePlan {
    std::string name;
    std::uint32_t replicas = 1;
    std::uint32_t workers = 16;
    int cores = 0; // 0: one per worker
    bool async = false;
    model::QueueRules queue;
    std::uint32_t capacity = nothing; // of the queue; nothing: unbounded
    Law start;
    Duration stop;
    std::uint32_t shards = 0;         // 0: not partitioned
    std::vector<double> shardsUpTo;   // by ranges: where in the order of keys each ends
    std::optional<LimitPolicy> limit; // of the server
    std::vector<std::uint32_t> zones; // of the replicas in order, again from the first
};

struct MixTarget {
    double upTo = 1; // cumulative share
    std::uint32_t site = 0;
};
struct LoadPlan {
    std::string name;
    std::vector<MixTarget> mix;
    std::optional<model::RateShape> rate;
    model::Arrivals arrivals = model::Arrivals::Poisson;
    int burst = 1;
    std::uint32_t users = 0;
    Law think;
    std::uint32_t clients = 1;
    SimTime from;
    SimTime until = SimTime::never();
    int priority = 0;
    Duration inTime = Duration::none();
    std::uint64_t keys = 0; // different keys; 0: every request has its own
    double zipf = 0;
};

struct HostingPlan;

struct Plan {
    record::Names names;
    std::uint32_t zones = 0; // of all services
    std::vector<std::string> zoneNames;
    std::shared_ptr<HostingPlan const> hosting; // null: no machines
    std::vector<Op> ops;
    std::vector<Law> laws;
    std::vector<LoadWait> loadWaits;
    std::vector<Fork> forks;
    std::vector<Choice> choices;
    std::vector<double> shares;
    std::vector<Site> sites;
    std::vector<Edge> edges;
    std::vector<Link> links;
    std::vector<EndpointPlan> endpoints;
    std::vector<ServicePlan> services;
    std::vector<LoadPlan> loads;
    std::vector<int> priorities; // every priority a request can have, highest first
    bool usesKeys = false;       // some callee is partitioned, or picked by key
};

/// Compiles a checked scenario; what checking refuses is an error here too (dangling names, loops
/// nested deeper than `loopRegisters`, a program of more than 65,535 steps).
Result<Plan> compile(model::Scenario const& scenario);

/// Lets requests, calls and tasks remember from the start what a later revision will ask them for.
/// All have the same shape.
void foresee(Plan& plan, std::vector<Plan>& revisions);

/// True if a world that runs `a` can go on with `b`: the same entities, programs and edges, other
/// numbers.
bool sameShape(Plan const& a, Plan const& b);

} // namespace shakedown::world
