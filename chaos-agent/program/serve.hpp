#pragma once

#include <string>

#include "chaos-agent/program/config.hpp"

namespace shakedown::agent {

/// How an agent ended (docs/reference/agent.md).
enum ExitCode : int {
    Ended = 0,        // told to, everything taken back
    CannotStart = 1,  // a listener, the journal, the watchdog
    Usage = 2,        // flags or configuration
    RevertFailed = 6, // something is stuck
    InternalError = 70
};

/// Runs the agent until SIGTERM or SIGINT; then everything is taken back first. Faults that an
/// agent before it left in the journal are taken back when it starts.
ExitCode serve(Config const& config);

} // namespace shakedown::agent
