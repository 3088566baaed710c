#pragma once

#include <cstdint>
#include <string>
#include <variant>
#include <vector>

#include "reports/measure/outcomes.hpp"
#include "scenarios/vocabulary/time.hpp"

/// What a run says of itself: a header, then moments in order of time, then the end. Simulated and
/// live runs write the same.
namespace shakedown::record {

/// Each holds what the one before it does, and more: nothing but changes and the end; every
/// interval; some requests; all requests.
enum class Level : std::uint8_t { Summary, Intervals, Sampled, Full };
constexpr bool holdsIntervals(Level level) {
    return level != Level::Summary;
}
constexpr bool holdsRequests(Level level) {
    return level > Level::Intervals;
}

enum class ReplicaState : std::uint8_t { Up, Starting, Draining, Hung, Down };
enum class BreakerState : std::uint8_t { Closed, Open, HalfOpen, ForcedOpen, Disabled };

/// Why an attempt or a request ended as it did.
enum class Cause : std::uint8_t {
    None,         // it succeeded
    ErrorReply,   // the callee answered with an error
    Timeout,      // of this attempt
    Deadline,     // of all attempts
    QueueFull,    // refused by the callee: no waiting place
    QueueTimeout, // waited longer than max_wait
    Shed,         // dropped from the queue: expired, hopeless, codel
    BreakerOpen,  // refused by the caller's breaker
    BulkheadFull, // refused by the caller's bulkhead
    Refused,      // no process listens
    Reset,        // connection reset
    NoReplica,    // nobody to send to
    Draining,     // the callee takes nothing new
    Injected,     // `fail` step or an errors fault
    Cancelled,    // the caller withdrew it
    RateLimited,  // refused by the caller's rate limiter
    Throttled,    // refused by the caller's client throttle
    PoolFull      // refused by the caller's connection pool
};

/// Indices in moments point into these lists.
struct Names {
    std::vector<std::string> loads;
    std::vector<std::string> services;
    std::vector<std::string> endpoints; // "site/page"
    std::vector<std::string> calls;     // "site -> autos", "visitors -> site"
    std::vector<std::string> events;    // faults, then operations
    std::vector<std::string> hosts;     // of a platform with machines
    std::vector<std::string> links;
};

struct Header {
    int format = 1;
    std::string version; // of the program
    std::string scenario;
    std::string file;
    std::string scenarioDigest;
    std::string platform = "ideal";
    std::uint64_t seed = 1;
    std::uint32_t replication = 0;
    Level level = Level::Sampled;
    Duration lasts;
    Duration warmup;
    Duration interval;             // of Interval moments
    std::uint32_t sampleEvery = 1; // at level sampled: 1 request in so many
    Names names;
    std::vector<std::uint32_t> replicas; // a service
    std::vector<std::uint32_t> workers;  // a service, per replica
    std::vector<std::uint32_t> faults;   // how many of names.events are faults: [0, faults[0])
    // What only a record that is explained needs; empty in one that does not say.
    std::vector<std::string> verbs;        // an event: "slow", "deploy"
    std::vector<std::string> owners;       // a service; empty: nobody is named
    std::vector<std::uint32_t> capacities; // a service: of a replica's queue; nobody: unbounded
    std::vector<Duration> inTime;          // a load: later answers are late; none: never
    std::vector<Duration> expected;        // an endpoint: mean of its own work and waits
};

/// A replica of a service, by its number within it.
struct ReplicaName {
    std::uint32_t service = 0;
    std::uint32_t replica = 0;
    friend auto operator<=>(ReplicaName const&, ReplicaName const&) = default;
};

/// A fault or an operation begins; what it touches, as far as it has names.
struct EventBegan {
    std::uint32_t event = 0;
    std::vector<ReplicaName> replicas = {};
    std::vector<std::uint32_t> calls = {};
    std::vector<std::uint32_t> loads = {};
};
struct EventEnded {
    std::uint32_t event = 0;
};
struct ReplicaChanged {
    std::uint32_t service = 0;
    std::uint32_t replica = 0;
    ReplicaState to = ReplicaState::Up;
};
struct BreakerChanged {
    std::uint32_t call = 0;
    std::uint32_t caller = 0; // replica (or client) of the caller
    BreakerState from = BreakerState::Closed;
    BreakerState to = BreakerState::Closed;
};
enum class Pressure : std::uint8_t { WorkersBusy, QueueFull };
inline constexpr std::uint32_t nobody = ~std::uint32_t{0};
/// A replica's workers are all busy (with somebody waiting), or its queue is full; `heldBy` is the
/// call that most of the workers wait for (nobody: own work) and `held` how many do.
struct PressureBegan {
    std::uint32_t service = 0;
    std::uint32_t replica = 0;
    Pressure what = Pressure::WorkersBusy;
    std::uint32_t heldBy = nobody;
    std::uint32_t held = 0;
    std::uint32_t host = nobody;      // where its own work waits for others, if it is crowded
    SimTime since = SimTime::never(); // workers: when requests began to wait; never: now
};
struct PressureEnded {
    std::uint32_t service = 0;
    std::uint32_t replica = 0;
    Pressure what = Pressure::WorkersBusy;
};

/// The work on a host gets far less of its cores than it wants: `user` is the service that uses
/// most of them, `waiting` the one that misses most; shares are of what the host gives, and of what
/// the waiting service wants.
struct HostCrowded {
    std::uint32_t host = 0;
    std::uint32_t user = 0;
    double used = 0;
    std::uint32_t waiting = 0;
    double missed = 0;
};
struct HostRelieved {
    std::uint32_t host = 0;
};

struct LoadInterval {
    std::uint32_t offered = 0;
    std::uint32_t ok = 0;
    std::uint32_t degraded = 0;
    std::uint32_t failed = 0;
    std::uint32_t rejected = 0;
    std::uint32_t timedOut = 0;
    std::uint32_t good = 0;
    Duration p50; // of the requests that ended in the interval, ok or degraded
    Duration p95;
    Duration p99;
    std::uint32_t late = 0; // ok, but not in time
};
struct ServiceInterval {
    std::uint32_t queue = 0;     // waiting at the end of the interval
    std::uint32_t inService = 0; // busy workers at its end
    std::uint32_t arrived = 0;
    std::uint32_t finished = 0;
    std::uint32_t rejected = 0; // and dropped
    double utilisation = 0;     // mean over the interval
};
struct CallInterval {
    std::uint32_t requests = 0;
    std::uint32_t attempts = 0;
    std::uint32_t retries = 0;
    std::uint32_t timeouts = 0;
    std::uint32_t failures = 0; // errors and refusals
    std::uint32_t open = 0;     // breakers open at the end
    std::uint32_t waiting = 0;  // calls under way at the end
};
struct HostInterval {
    double utilisation = 0; // mean share of its cores in use
    double wanted = 0;      // mean pieces of work on it
};
struct LinkInterval {
    double utilisation = 0; // mean share of what it carries
};
/// Everything that happened since the interval before; one entry a load, service, call.
struct Interval {
    std::vector<LoadInterval> loads;
    std::vector<ServiceInterval> services;
    std::vector<CallInterval> calls;
    std::vector<HostInterval> hosts; // of a platform with machines
    std::vector<LinkInterval> links;
};

/// One attempt of one call inside a request. Times that were not reached are `SimTime::never()`.
struct Span {
    std::uint32_t parent = nobody; // index in the request's list
    std::uint32_t call = 0;
    std::uint32_t endpoint = 0;
    std::uint32_t replica = nobody;
    std::uint32_t attempt = 1;
    SimTime sent;
    SimTime arrived = SimTime::never();  // at the callee
    SimTime started = SimTime::never();  // got a worker
    SimTime ended = SimTime::never();    // at the callee
    SimTime answered = SimTime::never(); // seen by the caller (timeout: when it gave up)
    Cause cause = Cause::None;
};
/// A request and its life; written when it and all its attempts have ended, or at the run's end.
struct Request {
    std::uint32_t load = 0;
    std::uint64_t number = 0;
    SimTime intended;
    SimTime ended = SimTime::never();
    measure::Outcome outcome = measure::Outcome::Ok; // meaningless while not ended
    Cause cause = Cause::None;
    std::vector<Span> spans; // the first is the load's own call
};

enum class EndReason : std::uint8_t { Finished, TimeLimit, EventLimit, Interrupted, Aborted };
struct RunEnded {
    EndReason reason = EndReason::Finished;
    std::uint64_t events = 0;
    std::uint64_t digest = 0;
};

using MomentKind =
    std::variant<EventBegan, EventEnded, ReplicaChanged, BreakerChanged, PressureBegan,
                 PressureEnded, HostCrowded, HostRelieved, Interval, Request, RunEnded>;
struct Moment {
    SimTime at;
    MomentKind what;
};

/// Takes moments as they happen.
class MomentSink {
public:
    MomentSink() = default;
    MomentSink(MomentSink const&) = delete;
    MomentSink& operator=(MomentSink const&) = delete;
    virtual ~MomentSink() = default;
    virtual void begin(Header const& header) = 0;
    virtual void take(Moment const& moment) = 0;
};

} // namespace shakedown::record
