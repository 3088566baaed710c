#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "reports/measure/histogram.hpp"

namespace shakedown::measure {

/// How a request ended, as the one who sent it sees it (SEMANTICS: rule 11).
enum class Outcome : std::uint8_t { Ok, Degraded, Failed, Rejected, TimedOut };
inline constexpr std::size_t outcomeCount = 5;

/// Requests of one subject in one window. A request belongs to the windows of its intended
/// arrival, and its latency (over ok and degraded) counts from there.
struct OutcomeTally {
    std::uint64_t offered = 0;
    std::uint64_t good = 0; // ok or degraded, in time
    std::array<std::uint64_t, outcomeCount> by{};
    Histogram latency;

    std::uint64_t of(Outcome o) const { return by[static_cast<std::size_t>(o)]; }
    std::uint64_t ended() const { return by[0] + by[1] + by[2] + by[3] + by[4]; }
    std::uint64_t inFlight() const { return offered - ended(); }
    void end(Outcome o, Duration took, bool inTime) {
        ++by[static_cast<std::size_t>(o)];
        if (o == Outcome::Ok || o == Outcome::Degraded) {
            latency.record(took);
            if (inTime)
                ++good;
        }
    }
    void merge(OutcomeTally const& other) {
        offered += other.offered;
        good += other.good;
        for (std::size_t i = 0; i < outcomeCount; ++i)
            by[i] += other.by[i];
        latency.merge(other.latency);
    }
};

/// Sum and count of latencies whose requests arrived in one batch of the run (batch means).
struct Batch {
    double sumSeconds = 0;
    std::uint64_t count = 0;
};

/// Cumulative counters of a service since the start of the run; a window is a difference of two.
/// Areas are integrals over time, in seconds x units.
struct ServiceCounters {
    std::uint64_t arrived = 0;
    std::uint64_t started = 0;
    std::uint64_t finished = 0;
    double coreArea = 0;      // core-seconds of own work done
    double busyArea = 0;      // workers busy
    double workerArea = 0;    // workers there are (up replicas)
    double queueArea = 0;     // requests waiting
    std::uint64_t waited = 0; // of the started: those that found no free worker
    std::uint64_t rejected = 0;
    std::uint64_t dropped = 0; // from the queue: max_wait, expired, hopeless, codel
    std::uint64_t failed = 0;
    std::uint32_t queueMax = 0; // largest so far
};

/// Cumulative counters of a call a -> b (all endpoints and caller replicas together).
struct CallCounters {
    std::uint64_t requests = 0;
    std::uint64_t attempts = 0;  // sent or refused by the caller's own policies
    std::uint64_t pending = 0;   // attempts under way now
    std::uint64_t succeeded = 0; // attempts; degraded included
    std::uint64_t retries = 0;
    std::uint64_t hedges = 0;    // attempts made while another was awaited
    std::uint64_t timeouts = 0;  // attempts given up
    std::uint64_t errors = 0;    // error replies, resets, refusals by the callee
    std::uint64_t refused = 0;   // by breaker or bulkhead of the caller
    std::uint64_t cancelled = 0; // attempts withdrawn: deadline of all attempts, or early return
    std::uint64_t opened = 0;    // breakers opened
    double openArea = 0;         // breaker-seconds open (forced open included)
    double breakerArea = 0;      // breaker-seconds there are
};

/// Cumulative use of a host of the platform, in core-seconds. More work than cores wants more than
/// it gets.
struct HostCounters {
    double used = 0;
    double wanted = 0;
    double capacity = 0;
    double joules = 0;
    std::vector<double> usedBy; // each service
};

/// Cumulative use of a link of the platform, in bytes.
struct LinkCounters {
    double carried = 0;
    double capacity = 0;
};

/// One second of a subject's life, for recovery and blast radius.
struct SecondTally {
    std::uint32_t offered = 0;
    std::uint32_t good = 0;
    Duration p99; // over ok and degraded that arrived in this second
};

} // namespace shakedown::measure
