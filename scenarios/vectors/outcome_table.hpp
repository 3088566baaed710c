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
    SimTime begun; // since the earliest call of the table
    Duration took;
    CallOutcome outcome = CallOutcome::Success;
    int status = 0;   // of HTTP, where the table says it
    std::string host; // who answered, where the table says it
    int line = 0;     // of the table, from 1
};

/// Reads a table of separated values (comma, semicolon or tab) with a heading of the columns time,
/// duration and outcome (or result, or status), in any order, and perhaps host; others are left
/// aside. Times are seconds since whenever, or dates (2026-03-01T02:13:05.250Z); durations are
/// seconds, or carry a unit (12ms), and are not negative. Outcomes: success, ok or an HTTP status
/// from 100 to 499; failure, error, timeout or a status from 500 to 599; ignored. '#' begins a line
/// of comment; a cell may stand in double quotes. The calls come back in order of their time.
/// Errors: a missing or doubled column, a cell that is not understood, no call at all, more than a
/// million lines; with its place.
Result<std::vector<LoggedCall>> readOutcomes(std::string_view text, std::string const& file);

} // namespace shakedown::vectors
