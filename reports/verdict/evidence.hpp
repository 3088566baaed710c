#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "reports/measure/outcomes.hpp"
#include "reports/record/moments.hpp"
#include "scenarios/model/scenario.hpp"

namespace shakedown::verdict {

/// What must be measured beyond the usual, known before the run: what the expectations speak of,
/// and the time before, during and after the first fault. Loads always have meters; other subjects
/// only on demand.
struct Demand {
    std::vector<model::Window> windows;   // [0] is WholeRun: warm-up's end to the end; at most 64
    std::vector<model::Subject> outcomes; // services, endpoints, calls that need an OutcomeTally
    std::vector<model::Subject> seconds;  // subjects that need SecondTally (recovers, blast_radius)
};
/// More windows are not told apart.
inline constexpr std::size_t mostWindows = 64;
Demand demandOf(model::Scenario const& scenario);

/// Times a window was open; a window of a recurring fault opens several times.
struct Span {
    SimTime begin;
    SimTime end;
};

struct EventSpan {
    std::uint32_t event = 0; // index in Names::events
    SimTime begin;
    SimTime end = SimTime::never(); // never: not ended when the run did
};

/// Counters of all services and calls within one window (its occurrences added up).
struct WindowEvidence {
    std::vector<Span> spans;
    Duration length; // of all spans
    std::vector<measure::ServiceCounters> services;
    std::vector<measure::CallCounters> calls;
    std::vector<measure::HostCounters> hosts; // of a platform with machines
    std::vector<measure::LinkCounters> links;
};

struct SubjectEvidence {
    std::vector<measure::OutcomeTally> windows; // one a Demand::windows
};

/// What one replication measured. Equal runs give equal evidence.
struct Evidence {
    std::uint64_t seed = 1;
    std::uint32_t replication = 0;
    record::EndReason reason = record::EndReason::Finished;
    SimTime ended;
    std::uint64_t events = 0;
    std::uint64_t digest = 0;
    std::vector<SubjectEvidence> loads; // one a load
    std::vector<measure::OutcomeTally>
        whole; // one a load: the run with its warm-up, for conservation
    /// Root requests of each load that the world still held at the end, counted by the world
    /// itself: the other side of the books for conservation.
    std::vector<std::uint64_t> liveAtEnd;
    std::vector<std::vector<measure::Batch>>
        batches;                           // a load: batches of equal length after warm-up
    std::vector<SubjectEvidence> subjects; // one a Demand::outcomes
    std::vector<std::vector<measure::SecondTally>> seconds; // one a Demand::seconds, from time 0
    std::vector<WindowEvidence> windows;                    // one a Demand::windows
    std::vector<measure::ServiceCounters> services;         // since time 0, at the end
    std::vector<measure::CallCounters> calls;               // since time 0, at the end
    std::vector<EventSpan> eventSpans;
    /// State changes in order (events, replicas, breakers, pressure), at most `momentCap`.
    std::vector<record::Moment> turningPoints;
    static constexpr std::size_t momentCap = 10'000;
    std::uint64_t momentsLeftOut = 0;
};

} // namespace shakedown::verdict
