#pragma once

#include <compare>
#include <cstdint>
#include <string>

#include "reports/record/moments.hpp"

/// Where the walk back from a failed request ends.
namespace shakedown::why {

enum class CauseKind : std::uint8_t {
    Event,         // a fault or an operation; of: event
    Overload,      // more work than the workers can do; of: service
    Neighbour,     // others on the same host; of: the service that uses most of it
    ShortTimeout,  // shorter than the callee takes when all is well; of: call
    Bulkhead,      // too few permits; of: call
    Pool,          // too few connections; of: call
    RateLimit,     // a limit at the caller; of: call
    ServerLimit,   // a limit at the callee; of: service
    ShortQueue,    // refuses although its workers are not busy on the whole; of: service
    OwnErrors,     // what it answers by itself; of: service
    SlowWork,      // its own work, with nothing in the way; of: service
    Network,       // loss or latency that belongs to the call; of: call
    NobodyThere,   // no replica that could take the call; of: service
    TrippedBreaker // a breaker that opened for reasons before the record; of: call
};

/// A cause that has none before it. `of` is an index into the record's names.
struct FirstCause {
    CauseKind kind = CauseKind::Event;
    std::uint32_t of = 0;
    friend auto operator<=>(FirstCause const&, FirstCause const&) = default;
};

enum class Nature : std::uint8_t { Fault, Operation, Saturation, Configuration };

/// What kind of thing it is that has to change.
Nature natureOf(FirstCause cause, record::Header const& header);
char const* wordOf(Nature nature);

/// "fault autos-slow (slow)", "too little capacity of autos", "timeout of site -> autos".
std::string nameOf(FirstCause cause, record::Header const& header);

/// What was wrong, as the rest of a sentence: "its workers cannot do the work that comes".
char const* whatIsWrong(CauseKind kind);

} // namespace shakedown::why
