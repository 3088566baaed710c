#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "scenarios/vectors/outcome_table.hpp"
#include "scenarios/vectors/vectors.hpp"
#include "scenarios/vocabulary/diagnostic.hpp"

/// A log of calls through one policy: "would my breaker have opened?"
namespace shakedown::replay {

struct LogPolicy {
    std::string name;    // circuit_breaker, bulkhead, rate_limiter, outlier_detection or retry
    std::string dialect; // empty: the first of dialectsOfLogs()
    vectors::Value config = vectors::Value::object(); // in the library's own parameter names
};

/// What the policy said to one call (or, of retry, to the retry of a failed one), and its state.
enum class LogDecision : std::uint8_t { NotAsked, Allowed, Refused };
struct LogMoment {
    SimTime at; // as LoggedCall::begun counts
    int line = 0;
    LogDecision decision = LogDecision::NotAsked; // not asked: only the state changed
    std::string_view state;
    std::string_view stateBefore;
};

struct LogTally {
    std::size_t allowed = 0;
    std::size_t refused = 0;
    std::size_t failuresAvoided = 0; // refused, and the log says that they failed
    std::size_t successesLost = 0;   // refused, and the log says that they went well
};

/// The policies that a log can be put through.
std::vector<std::string> policiesOfLogs();
/// The dialects of one of them, the default first; none of another name.
std::vector<std::string> dialectsOfLogs(std::string_view policy);

/// Puts calls, in order of their time, through the policy. What was let through ends as the log
/// says; what was refused ends nowhere. At the same instant calls end before others begin. `seen`
/// hears of every decision and of every change of state, in order of time. Errors: a policy or
/// dialect that is not offered, a configuration that the library would refuse or does not know.
Result<LogTally> replayCalls(std::vector<vectors::LoggedCall> const& calls, LogPolicy const& policy,
                             std::function<void(LogMoment const&)> const& seen);

} // namespace shakedown::replay
