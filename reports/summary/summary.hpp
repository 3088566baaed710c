#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "reports/summary/load_replication.hpp"
#include "reports/summary/tail.hpp"
#include "reports/verdict/judgement.hpp"
#include "reports/verdict/story.hpp"

/// The numbers of a run, computed once and shown by every renderer. Counts are totals over all
/// replications (so they add up); rates, shares and areas a second are means over them; quantiles
/// come from merged histograms. All of it over the time after the warm-up.
namespace shakedown::summary {

/// A 95 % interval of one number, by its path in summary.json: "latency_ms.mean".
struct NamedInterval {
    std::string of;
    measure::Interval interval;
};

struct Latency {
    Duration mean; // of the replications' means
    Duration p50;
    Duration p90;
    Duration p95;
    Duration p99;
    Duration p999;
    Duration max;
};

struct LoadSummary {
    std::string name;
    std::uint64_t offered = 0;
    std::uint64_t ok = 0;
    std::uint64_t degraded = 0;
    std::uint64_t failed = 0;
    std::uint64_t rejected = 0;
    std::uint64_t timedOut = 0;
    std::uint64_t inFlight = 0;
    std::uint64_t good = 0;
    double throughput = 0; // ok and degraded a second
    double goodput = 0;    // of those, in time
    double errors = 0;     // share of the ended
    Latency latency;       // over ok and degraded
    std::vector<NamedInterval> intervals;
    std::vector<LoadReplication> replications; // one a Summary::kept
    std::vector<TailLine> tail;                // at most `tailLines`, the whole run first
};

struct ServiceSummary {
    std::string name;
    double utilisation = 0;     // busy workers / workers
    double queueMean = 0;       // requests waiting, all replicas together
    std::uint32_t queueMax = 0; // of any replication
    double waitProbability = 0; // of the started: found no free worker
    std::uint64_t arrived = 0;
    std::uint64_t started = 0;
    std::uint64_t finished = 0;
    std::uint64_t failed = 0;
    std::uint64_t rejected = 0;
    std::uint64_t dropped = 0;
};

struct CallSummary {
    std::string name;
    std::uint64_t requests = 0;
    std::uint64_t attempts = 0;
    std::uint64_t retries = 0;
    std::uint64_t hedges = 0;
    std::uint64_t timeouts = 0;
    std::uint64_t errors = 0;
    std::uint64_t refused = 0;
    std::uint64_t cancelled = 0;
    double amplification = 0; // attempts / requests; 0 without requests
    std::uint64_t opened = 0;
    double openSeconds = 0; // breaker-seconds, all replications
    double openShare = 0;   // of the breaker-seconds there are
};

struct HostSummary {
    std::string name;
    double utilisation = 0; // of its cores
    double wanted = 0;      // pieces of work on it, mean; above its cores they shared
    double joules = 0;      // mean of the replications; 0 if not measured
    struct User {
        std::string service;
        double share = 0; // of its cores
    };
    std::vector<User> users; // who used it, most first
};
struct LinkSummary {
    std::string name;
    double utilisation = 0;
    double bytesPerSecond = 0; // carried, all directions together
};

struct Summary {
    std::string scenario;
    std::string file;
    std::string scenarioDigest;
    std::string about;   // the scenario's own sentence
    std::string command; // that gives this run again; empty: not known
    std::string platform;
    std::uint64_t seed = 1;
    std::size_t replications = 0;
    double simulatedSeconds = 0; // of the longest replication, warm-up included
    std::uint64_t events = 0;
    std::uint64_t digest = 0;
    record::EndReason reason = record::EndReason::Finished; // the worst of all replications
    std::vector<ReplicationId> kept; // replications whose figures are kept, the first ones
    std::vector<LoadSummary> loads;
    std::vector<ServiceSummary> services;
    std::vector<CallSummary> calls;
    std::vector<HostSummary> hosts; // of a platform with machines
    std::vector<LinkSummary> links;
    std::vector<verdict::Judgement> expectations;
    std::vector<verdict::StoryItem> cascade; // of the first replication
    std::vector<std::string> contradictions; // broken conservation: a defect of the program
};

/// Judges and sums up. `demand` is demandOf(scenario) as given to the run, `names` those of the
/// record's header; at least one replication, r = 0 first.
Summary summarise(model::Scenario const& scenario, record::Names const& names,
                  verdict::Demand const& demand, std::vector<verdict::Evidence> const& replications,
                  std::string platform);

} // namespace shakedown::summary
