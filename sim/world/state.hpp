#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

#include "reports/record/moments.hpp"
#include "sim/kernel/beside.hpp"
#include "sim/kernel/kernel.hpp"
#include "sim/kernel/pool.hpp"
#include "sim/platform/platform.hpp"
#include "sim/resilience/adaptive_limit.hpp"
#include "sim/resilience/client_throttle.hpp"
#include "sim/resilience/controlled_delay.hpp"
#include "sim/resilience/semaphore.hpp"
#include "sim/world/journey.hpp"
#include "sim/world/plan.hpp"

/// What stays while a run goes on and changes: replicas, services, callers' edges, links. Arrays
/// indexed as in the plan.
namespace shakedown::world {

using kernel::Ref;

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
    FailureKind kind = FailureKind::ServerError;
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
    bool worksAlone = false; // work is a delay: nothing shares or slows its host
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
    resilience::RetryLoad load;  // attempts and retries under way
    std::uint32_t fallbacks = 0; // under way
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

/// What an express call needs to know of its site, its edge and its callee, in one cache line.
struct alignas(64) ExpressSite {
    bool isPlain = false; // nothing stands between caller and callee but a timeout
    bool fromLoad = false;
    bool propagatesDeadline = false;
    bool hasTimeout = false;
    std::uint32_t edge = 0;
    std::uint32_t callee = 0;
    std::uint32_t call = 0;    // reported as
    std::uint32_t workers = 0; // of a replica of the callee
    std::uint32_t endpoint = 0;
    std::uint32_t entry = 0;     // first op of the endpoint
    std::uint32_t law = nothing; // of the work with which it begins, if it does
    std::uint32_t step = 0;      // of that work
    Duration deadline = Duration::none();
};

/// Why a replica stops.
enum class Stop : std::uint8_t { Crash, Graceful };

} // namespace shakedown::world
