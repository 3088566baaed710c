#pragma once

#include <compare>
#include <cstddef>
#include <cstdint>
#include <optional>

#include "reports/measure/outcomes.hpp"

/// What one replication says of one load: the figures that two runs are compared by. They are kept
/// exactly, so that equal replications differ by nothing at all.
namespace shakedown::summary {

/// Where a replication has its chance from: equal ones meet the same luck, in variants of a
/// scenario too.
struct ReplicationId {
    std::uint64_t seed = 1;
    std::uint32_t replication = 0;
    friend auto operator<=>(ReplicationId const&, ReplicationId const&) = default;
};

struct LoadReplication {
    struct Ends {
        double errors = 0;   // share of the ended: failed, rejected, timed out
        double degraded = 0; // share of the ended
        friend bool operator==(Ends const&, Ends const&) = default;
    };
    struct Answers { // ok and degraded
        Duration mean;
        Duration p50;
        Duration p95;
        Duration p99;
        friend bool operator==(Answers const&, Answers const&) = default;
    };
    double goodput = 0;             // a second
    std::optional<Ends> ends;       // nothing if no request ended
    std::optional<Answers> answers; // nothing if none was answered
    friend bool operator==(LoadReplication const&, LoadReplication const&) = default;
};
/// How many numbers that is.
inline constexpr std::size_t figuresOfReplication = 7;

/// Of the requests of a window so long, in seconds.
LoadReplication loadReplication(measure::OutcomeTally const& tally, double seconds);

/// Of a run of so many replications and loads: how many replications have their figures kept, the
/// first ones. All of them up to 200,000 figures, about 6 MB of summary.json.
inline constexpr std::size_t keptFigures = 200'000;
std::size_t keptReplications(std::size_t replications, std::size_t loads);

} // namespace shakedown::summary
