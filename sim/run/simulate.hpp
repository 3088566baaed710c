#pragma once

#include <atomic>
#include <cstdint>
#include <functional>

#include "reports/verdict/evidence.hpp"
#include "sim/world/plan.hpp"

namespace shakedown::run {

/// How far a run is, and how many of its requests have been answered in time so far. Of several
/// replications those of this process count: `events` of all of them, the rest of the one under
/// way.
struct Progress {
    SimTime at;
    Duration of;
    std::uint64_t events = 0;
    std::uint64_t good = 0;
    std::size_t runsDone = 0;
    std::size_t runs = 1;
};

struct Settings {
    std::uint64_t seed = 1;
    std::uint32_t replication = 0;
    record::Level level = record::Level::Summary;
    record::MomentSink* sink = nullptr; // takes the moments; may be null
    Duration until = Duration::none();  // ends the run earlier than the scenario says
    std::uint64_t eventLimit = 20'000'000'000;
    Duration wallLimit = Duration::none();
    std::atomic<bool> const* stop = nullptr;         // set by a signal handler
    std::function<double()> wallSeconds;             // for wallLimit
    std::function<void(Progress const&)> onProgress; // at most once a tick
    std::string version;
    bool express = true; // hops that meet nothing go in one piece; false changes no result
};

/// A scenario compiled once, for any number of runs.
struct Compiled {
    world::Plan plan;
    std::vector<world::Plan> revisions;
    verdict::Demand demand;
};
Result<Compiled> compileScenario(model::Scenario const& scenario);

/// One replication from start to end (or limit). The same scenario, seed, replication and `until`
/// give the same evidence and digest, whatever the level and the sink.
verdict::Evidence simulate(model::Scenario const& scenario, Compiled const& compiled,
                           Settings const& settings);

} // namespace shakedown::run
