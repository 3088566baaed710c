#pragma once

#include <array>
#include <cstdint>

#include "reports/record/moments.hpp"
#include "scenarios/chance/stream.hpp"
#include "sim/kernel/kernel.hpp"
#include "sim/platform/platform.hpp"
#include "sim/world/plan.hpp"

/// What comes and goes: requests, calls, tasks and strands, each in a pool. What only some of them
/// need, or the record, stands in structs beside them.
namespace shakedown::world {

using chance::Key;
using record::Cause;

/// A timer that is either a lane's or the calendar's own.
class Alarm {
public:
    Alarm() = default;
    explicit Alarm(kernel::TimerHandle lane) : where_(lane.lane | laneBit), which_(lane.position) {}
    explicit Alarm(kernel::Handle single) : where_(single.slot), which_(single.generation) {}

    bool isSet() const { return where_ != nothing; }
    bool isOfLane() const { return isSet() && (where_ & laneBit) != 0; }
    kernel::TimerHandle lane() const { return {where_ & ~laneBit, which_}; }
    kernel::Handle single() const { return {where_, which_}; }

private:
    static constexpr std::uint32_t laneBit = 1U << 31; // no lane and no slot has it

    std::uint32_t where_ = nothing;
    std::uint32_t which_ = 0;
};

/// What kind of status a fault makes requests fail with.
enum class FailureKind : std::uint8_t {
    ServerError,
    GatewayError, // 502 to 504
    TooMany,      // 429
    ClientError   // any other below 500
};
inline FailureKind failureKindOf(int status) {
    if (status == 429)
        return FailureKind::TooMany;
    if (status < 500)
        return FailureKind::ClientError;
    return status >= 502 && status <= 504 ? FailureKind::GatewayError : FailureKind::ServerError;
}

/// What a load wants: one arrival, from its intended instant to its answer and beyond, until the
/// last attempt made for it has ended.
struct Request {
    std::uint32_t index = 0;
    std::uint32_t generation = 0;
    std::uint32_t birth = 0;
    std::uint32_t load = 0;
    std::uint32_t user = nothing; // of a closed load
    std::uint32_t parts = 0;      // calls and tasks that belong to it
    std::uint16_t batch = 0;
    measure::Outcome outcome = measure::Outcome::Ok;
    Cause cause = Cause::None;
    bool live : 1 = false;
    bool ended : 1 = false;
    bool isTraced : 1 = false;
    std::uint64_t windows = 0; // bit w: it arrived in window w
    SimTime intended;
};

/// What a request asks for: picks shards and hashed replicas.
struct DataKey {
    std::uint64_t key = 0;
    double place = 0; // in the order of all keys, [0, 1)
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

/// One logical call by a strand or a load: all its attempts. What only some policies need, or the
/// record, stands beside it.
struct Call {
    std::uint32_t index = 0;
    std::uint32_t generation = 0;
    std::uint32_t birth = 0;
    CallPhase phase = CallPhase::Attempting;
    Cause cause = Cause::None; // of the last failed attempt
    std::uint16_t attempts = 0;
    bool live : 1 = false;
    bool hasDetails : 1 = false;
    bool isOfLoad : 1 = false;
    bool isLeg : 1 = false;          // of a hedged call
    bool isHedge : 1 = false;        // a leg beyond the first
    bool isAround : 1 = false;       // passing the guards around the retry
    bool admitted : 1 = false;       // its breaker waits for a result
    bool holdsPermit : 1 = false;    // of the bulkhead, not handed to a task yet
    bool holdsPlace : 1 = false;     // of the connection pool, not handed to a task yet
    bool countsAsActive : 1 = false; // for its retry budget
    bool countsAsRetry : 1 = false;
    FailureKind failure : 2 = FailureKind::ServerError; // of an attempt that a fault made fail
    std::uint16_t hedges = 0;                           // attempts that were hedges
    std::uint32_t caller = 0;                           // replica (global), or a load's client
    std::uint32_t strand = nothing; // that takes its outcome; nothing: a load, or nobody any more
    std::uint32_t joinSerial = 0;   // as a parallel branch: of the fork; 0: the strand waits
    std::uint32_t previousBranch = nothing;
    std::uint32_t nextBranch = nothing;
    std::uint32_t request = 0;
    std::uint32_t site = 0;
    std::uint32_t edge = 0;       // of the site
    std::uint32_t task = nothing; // the attempt it waits for
    Alarm alarm;                  // attempt timeout, hedge, back-off or fallback
    Key key = 0;
    SimTime deadline = SimTime::never();

    /// Attempts so far, hedges left aside.
    int rounds() const { return attempts - hedges; }
};

struct CallDetails {
    SimTime begun;
    SimTime attemptBegun;
    SimTime expires = SimTime::never(); // when its timeout or deadline ends the attempt
    Duration backoffMemory;             // of the last wait
    std::uint64_t windows = 0;          // for metered calls
    kernel::Handle permitAlarm;
    resilience::BreakerTicket ticket{};
    std::uint32_t breakerSlot = 0;
    std::uint32_t lastReplica = nothing;
    std::uint32_t leader = nothing;   // the hedged call this is a leg of
    std::uint32_t firstLeg = nothing; // list of its legs, through nextBranch
    std::uint16_t legsBegun = 0;      // of this round
    std::uint16_t legsOpen = 0;
    std::uint8_t guard = 0; // the next of its guards to pass
};

/// Of a call whose request may be traced: its place among the spans of the request.
struct CallSpans {
    std::uint32_t parent = nothing;
    std::uint32_t current = nothing; // of the attempt under way
};

enum class TaskState : std::uint8_t { Travelling, Lost, Queued, Running, Ended };

/// One attempt as the callee sees it: a request at one of its replicas. What only some services
/// need, or the record, stands beside it.
struct alignas(64) Task {
    std::uint32_t index = 0;
    std::uint32_t generation = 0;
    std::uint32_t birth = 0;
    TaskState state = TaskState::Travelling;
    Cause cause = Cause::None; // of its answer
    std::uint8_t retransmissions = 0;
    bool live : 1 = false;
    bool hasDetails : 1 = false;
    bool degraded : 1 = false;
    bool replied : 1 = false; // the answer has left
    bool settled : 1 = false; // the answer has arrived or never will
    bool holdsWorker : 1 = false;
    bool holdsPermit : 1 = false;
    bool holdsPlace : 1 = false; // in the connection pool
    bool lost : 1 = false;       // its message will never arrive
    bool withdrawn : 1 = false;  // cancelled before it arrived
    bool countedAsOutstanding : 1 = false;
    FailureKind failure : 2 = FailureKind::ServerError; // of one that a fault made fail
    std::uint16_t line = 0;                             // of the queue, by priority
    std::uint32_t call = nothing;                       // who waits for it; nothing: given up
    std::uint32_t request = 0;
    std::uint32_t site = 0;
    std::uint32_t replica = 0;           // global
    std::uint32_t firstStrand = nothing; // list of its strands
    std::uint32_t previous = nothing;    // in the queue
    std::uint32_t next = nothing;
    Key key = 0;
    SimTime deadline = SimTime::never(); // handed on to its own calls
};

struct TaskDetails {
    SimTime expires = SimTime::never(); // when its caller stops waiting, as far as it was told
    SimTime arrived;
    SimTime started;
    std::uint64_t windows = 0;
    Alarm queueAlarm;
    std::uint32_t callerInstance = 0; // replica number or client
    std::uint32_t heldAtArrival = 0;  // requests its replica held with it, where that is limited
};

enum class StrandState : std::uint8_t {
    Running,
    Working,
    Waiting,
    Calling,
    Joining,
    AwaitingWorker
};

/// One line of execution through an endpoint's program; a parallel branch is one more. What only
/// branches and loops need stands beside it.
struct alignas(64) Strand {
    std::uint32_t index = 0;
    std::uint32_t generation = 0;
    std::uint32_t birth = 0;
    StrandState state = StrandState::Running;
    Cause resumeCause = Cause::None; // of what it waited for
    model::Return joinWhen = model::Return::WhenAllEnded;
    bool live : 1 = false;
    bool onStack : 1 = false;     // its interpreter is running further up
    bool async : 1 = false;       // of an async service
    bool holdsWorker : 1 = false; // async services only
    bool isBranch : 1 = false;
    bool hasDetails : 1 = false;
    std::uint32_t task = 0;
    std::uint32_t previous = nothing;
    std::uint32_t next = nothing;
    std::uint32_t pc = 0;
    std::uint32_t turn = 0;              // counts passes through loops, for draws
    std::uint32_t call = nothing;        // that it waits for
    std::uint32_t firstBranch = nothing; // list of the calls that are branches of its forks
    std::uint32_t joins = 0;             // serial of the join under way
    std::uint16_t joinOpen = 0;
    std::uint16_t joinSucceeded = 0;
    std::uint16_t joinNeed = 0;
    std::uint16_t joinCount = 0;
    platform::WorkHandle work; // or the wait, under way
};

struct StrandDetails {
    std::uint32_t parent = nothing; // of a branch
    std::uint32_t parentGeneration = 0;
    std::uint32_t joinSerial = 0; // the parent's, when this branch began
    std::uint32_t firstTurn = 0;
    std::array<std::uint32_t, loopRegisters> loops{};
};

// What the memory of a run with long queues is made of.
static_assert(sizeof(Request) == 48 && sizeof(Call) == 80 && sizeof(Task) == 64);
static_assert(sizeof(Strand) == 64);

} // namespace shakedown::world
