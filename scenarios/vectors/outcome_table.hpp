#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "scenarios/vocabulary/diagnostic.hpp"
#include "scenarios/vocabulary/time.hpp"

namespace shakedown::vectors {

enum class CallOutcome : std::uint8_t { Success, Failure, Ignored };

/// One call of a log: when it began, how long it took, how it ended.
struct LoggedCall {
    SimTime begun;
    Duration took;
    CallOutcome outcome = CallOutcome::Success;
};

/// Reads a table of comma-separated values with a heading of the columns time, duration and
/// outcome, in any order; others are left aside. Times and durations are seconds, or carry a unit
/// (12ms). Outcomes: success, ok or an HTTP status below 500; failure, error, timeout or a status
/// from 500; ignored. '#' begins a comment. The calls come back in order of their time. Errors: a
/// missing column, a cell that is not understood, more than a million lines; with its place.
Result<std::vector<LoggedCall>> readOutcomes(std::string_view text, std::string const& file);

} // namespace shakedown::vectors
