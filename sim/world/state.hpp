#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

#include "reports/record/moments.hpp"
#include "scenarios/chance/stream.hpp"
#include "sim/kernel/kernel.hpp"
#include "sim/kernel/pool.hpp"
#include "sim/platform/platform.hpp"
#include "sim/resilience/adaptive_limit.hpp"
#include "sim/resilience/client_throttle.hpp"
#include "sim/resilience/controlled_delay.hpp"
#include "sim/resilience/semaphore.hpp"
#include "sim/world/plan.hpp"

/// What changes while a run goes on. Requests, calls, tasks and strands live in pools; everything
/// else in arrays indexed as in the plan.
namespace shakedown::world {

using chance::Key;
using kernel::Ref;
using record::Cause;

/// A timer that is either a lane's or the calendar's own.
struct Alarm {
    kernel::TimerHandle lane;
    kernel::Handle single;
};

/// What a load wants: one arrival, from its intended instant to its answer and beyond, until the
/// last attempt made for it has ended.
struct Request {
    std::uint32_t index = 0;
    std::uint32_t generation = 0;
    bool live = false;
    std::uint64_t birth = 0;
    bool ended = false;
    measure::Outcome outcome = measure::Outcome::Ok;
    Cause cause = Cause::None;
    std::uint16_t batch = 0;
    std::uint32_t load = 0;
    std::uint32_t user = nothing;  // of a closed load
    std::uint32_t parts = 0;       // calls and tasks that belong to it
    std::uint32_t trace = nothing; // index of its record
    std::uint64_t number = 0;      // within its load
    std::uint64_t windows = 0;     // bit w: it arrived in window w
    SimTime intended;
    std::uint64_t dataKey = 0; // what it asks for: picks shards and hashed replicas
    double dataPlace = 0;      // of the key in the order of all keys, [0, 1)
};

enum class CallPhase : std::uint8_t {
    Attempting,
    AwaitingTurn,       // its rate limiter lets it go later
    AwaitingPermit,     // of its bulkhead
    AwaitingConnection, // of its pool
    Hedging,            // its attempts are calls of their own, its legs
    BackingOff,
    FallingBack
};
inline bool isAttempting(CallPhase phase) {
    return phase <= CallPhase::AwaitingConnection;
}

/// One logical call by a strand or a load: all its attempts.
struct Call {
    std::uint32_t index = 0;
    std::uint32_t generation = 0;
    bool live = false;
    std::uint64_t birth = 0;
    CallPhase phase = CallPhase::Attempting;
    Cause cause = Cause::None; // of the last failed attempt
    std::uint16_t attempts = 0;
    std::uint8_t guard = 0;      // the next of its guards to pass
    bool isAround = false;       // passing the guards around the retry
    bool admitted = false;       // its breaker waits for a result
    bool holdsPermit = false;    // of the bulkhead, not handed to a task yet
    bool holdsPlace = false;     // of the connection pool, not handed to a task yet
    bool isHedge = false;        // a leg beyond the first
    bool countsAsActive = false; // for its retry budget
    bool countsAsRetry = false;
    std::uint16_t hedges = 0;    // attempts that were hedges
    std::uint16_t legsBegun = 0; // of this round
    std::uint16_t legsOpen = 0;
    resilience::BreakerTicket ticket{};
    std::uint32_t breakerSlot = 0;
    std::uint32_t leader = nothing;   // the hedged call this is a leg of
    std::uint32_t firstLeg = nothing; // list of its legs, through nextBranch
    std::uint32_t strand = nothing;   // that takes its outcome; nothing: a load, or nobody any more
    std::uint32_t callerReplica = nothing; // global; nothing: a load's own call
    std::uint32_t joinSerial = 0;          // as a parallel branch: of the fork; 0: the strand waits
    std::uint32_t previousBranch = nothing;
    std::uint32_t nextBranch = nothing;
    std::uint32_t request = 0;
    std::uint32_t site = 0;
    std::uint32_t edge = 0;           // of the site
    std::uint32_t callerInstance = 0; // replica number or client
    std::uint32_t task = nothing;     // the attempt it waits for
    std::uint32_t lastReplica = nothing;
    std::uint32_t parentSpan = nothing;
    std::uint32_t span = nothing; // of the attempt under way
    Key key = 0;
    SimTime begun;
    SimTime deadline = SimTime::never();
    SimTime attemptBegun;
    SimTime expires = SimTime::never(); // when its timeout or deadline ends the attempt
    Duration lastBackoff;
    std::uint64_t windows = 0; // for metered calls
    Alarm alarm;               // attempt timeout, hedge, back-off or fallback
    kernel::Handle permitAlarm;

    /// Attempts so far, hedges left aside.
    int rounds() const { return attempts - hedges; }
};

enum class TaskState : std::uint8_t { Travelling, Lost, Queued, Running, Ended };

/// One attempt as the callee sees it: a request at one of its replicas.
struct Task {
    std::uint32_t index = 0;
    std::uint32_t generation = 0;
    bool live = false;
    std::uint64_t birth = 0;
    TaskState state = TaskState::Travelling;
    Cause cause = Cause::None; // of its answer
    bool degraded = false;
    bool replied = false; // the answer has left
    bool settled = false; // the answer has arrived or never will
    bool holdsWorker = false;
    bool holdsPermit = false;
    bool holdsPlace = false; // in the connection pool
    bool lost = false;       // its message will never arrive
    bool withdrawn = false;  // cancelled before it arrived
    bool countedAsOutstanding = false;
    std::uint8_t retransmissions = 0;
    std::uint32_t heldAtArrival = 0; // requests its replica held with it, where that is limited
    std::uint16_t line = 0;          // of the queue, by priority
    std::uint32_t call = nothing;    // who waits for it; nothing: given up
    std::uint32_t request = 0;
    std::uint32_t endpoint = 0;
    std::uint32_t edge = 0;
    std::uint32_t callerInstance = 0;
    std::uint32_t replica = 0;           // global
    std::uint32_t firstStrand = nothing; // list of its strands
    std::uint32_t previous = nothing;    // in the queue
    std::uint32_t next = nothing;
    std::uint32_t span = nothing;
    Key key = 0;
    SimTime deadline = SimTime::never(); // handed on to its own calls
    SimTime expires = SimTime::never();  // when its caller stops waiting, as far as it was told
    SimTime arrived;
    SimTime started;
    std::uint64_t windows = 0;
    Alarm queueAlarm;
};

enum class StrandState : std::uint8_t {
    Running,
    Working,
    Waiting,
    Calling,
    Joining,
    AwaitingWorker
};

/// One line of execution through an endpoint's program; a parallel branch is one more.
struct Strand {
    std::uint32_t index = 0;
    std::uint32_t generation = 0;
    bool live = false;
    std::uint64_t birth = 0;
    StrandState state = StrandState::Running;
    bool onStack = false;     // its interpreter is running further up
    bool async = false;       // of an async service
    bool holdsWorker = false; // async services only
    std::uint8_t loopDepth = 0;
    model::Return joinWhen = model::Return::WhenAllEnded;
    Cause resumeCause = Cause::None; // of what it waited for
    std::uint32_t task = 0;
    std::uint32_t parent = nothing;
    std::uint32_t parentGeneration = 0;
    std::uint32_t joinSerial = 0; // the parent's, when this branch began
    std::uint32_t previous = nothing;
    std::uint32_t next = nothing;
    std::uint32_t pc = 0;
    std::uint32_t turn = 0; // counts passes through loops, for draws
    std::uint32_t firstTurn = 0;
    std::uint32_t call = nothing;        // that it waits for
    std::uint32_t firstBranch = nothing; // list of the calls that are branches of its forks
    std::uint32_t joins = 0;             // serial of the join under way
    std::uint16_t joinOpen = 0;
    std::uint16_t joinSucceeded = 0;
    std::uint16_t joinNeed = 0;
    std::uint16_t joinCount = 0;
    std::array<std::uint32_t, loopRegisters> loops{};
    platform::WorkHandle work;
    kernel::Handle wait;
};

/// A first-in first-out list of tasks (or taken from its end), by links inside the tasks.
struct Line {
    std::uint32_t first = nothing;
    std::uint32_t last = nothing;
};

/// Something done to the work of a replica by a fault.
struct SlowModifier {
    std::uint32_t id = 0;
    std::uint32_t endpoint = nothing; // nothing: all
    Law add;
    double factor = 1;
};
struct StealModifier {
    std::uint32_t id = 0;
    double share = 0;
};
struct ErrorModifier {
    std::uint32_t id = 0;
    std::uint32_t endpoint = nothing;
    double share = 1;
};

// What every request touches stands in the first cache line.
struct alignas(64) Replica {
    std::uint32_t index = 0;
    std::uint32_t service = 0;
    std::uint32_t number = 0;
    record::ReplicaState state = record::ReplicaState::Up;
    bool feeding = false;   // stands on the agenda
    bool disturbed = false; // slow or failing by a fault
    bool listed = true;
    std::uint32_t busy = 0;
    std::uint32_t queued = 0;
    platform::HostId host = 0;
    std::uint32_t life = 0;     // counts starts, so that events of an earlier life are known
    std::uint32_t heldBack = 0; // black hole on this replica: how many faults
    std::uint32_t readyHead = 0;
    std::vector<std::uint32_t> ready; // strands of an async service that need a worker again
    std::vector<Line> lines;
    std::vector<StealModifier> steals; // shares of the processor taken away
    std::vector<SlowModifier> slow;
    std::vector<ErrorModifier> errors;
    std::vector<kernel::Event> deferred; // while hung
    resilience::ControlledDelay codel{Duration(), Duration()};
    SimTime notEmptySince = SimTime::never();
    bool retiring = false; // goes down for good once it is drained
    std::optional<resilience::AdaptiveLimit> limit;
    std::optional<resilience::RateLimiter> rateLimit;
    bool pressureWorkers = false;
    bool pressureQueue = false;
    std::uint32_t rejectedSinceTick = 0;
};

/// A count and its integral over time, in integers so that a change costs two additions: one more
/// from now on adds (T - now) to the integral up to any later T. Modulo 2^64 nanoseconds, which is
/// 580 years of one worker.
class Level {
public:
    std::uint32_t count() const { return count_; }
    void change(int by, SimTime now) {
        count_ += static_cast<std::uint32_t>(by);
        offset_ -= static_cast<std::uint64_t>(std::int64_t{by} * now.count());
    }
    /// In seconds.
    double areaUpTo(SimTime now) const {
        return static_cast<double>(offset_ + count_ * static_cast<std::uint64_t>(now.count()))
               * 1e-9;
    }

private:
    std::uint32_t count_ = 0;
    std::uint64_t offset_ = 0;
};

struct alignas(64) ServiceState {
    std::uint32_t onlyListed = nothing; // the replica a caller may pick, if there is but one
    std::uint32_t firstReplica = 0;     // global number of number 0
    Level busy;
    measure::ServiceCounters counters; // but its areas, which the levels know
    Level queued;
    Level workers;                       // of replicas that are up
    std::vector<std::uint32_t> replicas; // global numbers, by own number
    std::vector<std::uint32_t> listed;   // own numbers a caller may pick
    std::vector<SimTime> readySince;     // by own number
};

/// Permits and the calls that wait for one, first come first served.
struct Gate {
    std::optional<resilience::Semaphore> permits;
    std::vector<Ref> line;
    std::size_t head = 0;
    std::uint32_t waiting = 0;
};

/// What only guarded callers keep.
struct Protection {
    std::optional<resilience::RetryBudget> budget;
    std::optional<resilience::ClientThrottle> throttle;
    std::optional<resilience::RateLimiter> rateLimiter;
    std::optional<resilience::HedgeDelay> hedgeDelay;
    std::optional<resilience::OutlierDetector> outliers;
    SimTime nextSweep;
    resilience::RetryLoad load; // attempts and retries under way
};

struct EdgeState {
    std::vector<std::unique_ptr<resilience::Breaker>>
        breakers; // by slot: one, or by replica, shard
    Gate bulkhead;
    Gate pool;
    std::unique_ptr<Protection> protection;
    std::uint32_t cursor = 0;
    std::unique_ptr<resilience::Balancer> balancer;
    std::vector<resilience::ReplicaView> views;
    std::vector<std::uint32_t> idle; // open connections, by replica
};

/// Something done to the rate of an open load by a fault.
struct SurgeModifier {
    std::uint32_t id = 0;
    double factor = 1;
    double extraPerSecond = 0;
};

struct NetworkModifier {
    std::uint32_t id = 0;
    model::Direction direction = model::Direction::Requests;
    Law add;
    double loss = 0;
    double reset = 0;
    std::uint32_t endpoint = nothing;
    Bandwidth limit; // 0: none
};

struct LinkState {
    std::uint32_t blocked = 0; // partitions and black holes
    std::uint32_t holding = 0; // partitions that keep what is sent
    std::vector<NetworkModifier> modifiers;
    struct Held {
        Ref task;
        bool isReply = false;
    };
    std::vector<Held> held;
    bool undisturbed() const { return blocked == 0 && modifiers.empty(); }
};

struct alignas(64) CallState {
    measure::CallCounters counters;
    std::uint32_t open = 0;
    std::uint32_t breakers = 0;
    SimTime touched;
};

/// Why a replica stops.
enum class Stop : std::uint8_t { Crash, Graceful };

} // namespace shakedown::world
