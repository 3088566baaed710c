#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "chaos-agent/conduct/http_url.hpp"
#include "chaos-agent/conduct/live_kind.hpp"
#include "scenarios/model/scenario.hpp"
#include "scenarios/vocabulary/diagnostic.hpp"

namespace shakedown::conduct {

struct ProgrammeLoad {
    std::uint32_t rosterLoad = 0;
    model::Load load;
    std::optional<Rate> rate; // instead of its own
    HttpUrl url;
    Duration patience; // the timeout of its call, or 10 s
};
struct ProgrammeProbe {
    std::uint32_t rosterLoad = 0;
    std::string name;
    HttpUrl url;
    Duration every;
    Duration timeout;
    int expect = 200;
};

/// A fault that one agent does; without its duration, which the occurrence knows.
struct AgentFault {
    std::uint32_t agent = 0; // index into Programme::agents
    protocol::FaultRequest request;
    std::string note; // where it differs from what is simulated; may be empty
};
/// What is done when a fault of the scenario happens.
struct ProgrammeEvent {
    std::uint32_t event = 0; // index into the scenario's faults
    std::string name;
    std::vector<AgentFault> faults;
    std::optional<LoadSurge> surge;
};
/// When; `end` may be the end of the run.
struct Occurrence {
    std::uint32_t event = 0; // index into Programme::events
    SimTime begin;
    SimTime end;
};

struct ProgrammeAgent {
    std::string name;
    std::string address;
};

/// A scenario made ready to be done for real: everything that can be known to be wrong without
/// touching anything is known.
struct Programme {
    std::uint64_t seed = 1;
    Duration lasts;
    std::vector<ProgrammeAgent> agents; // those of faults
    std::vector<ProgrammeLoad> loads;
    std::vector<ProgrammeProbe> probes;
    std::vector<ProgrammeEvent> events;
    std::vector<Occurrence> occurrences; // by their begin
};

struct ProgrammeOptions {
    std::uint64_t seed = 1;
    Duration until = Duration::none();          // ends it earlier than the scenario says
    Duration lease = protocol::leaseUnlessTold; // 1 s to 60 s
    std::vector<std::string> skip;              // faults and operations that are left out
};

inline constexpr std::size_t occurrencesAtMost = 1000;

/// Everything in the way at once, with its place: a fault or an operation that cannot be done live
/// (and is not skipped), a service that no agent knows, a URL that is none, a limit that is broken.
Result<Programme> programmeOf(model::Scenario const& scenario, ProgrammeOptions const& options);

} // namespace shakedown::conduct
