#pragma once

#include "cli/command.hpp"

namespace shakedown::cli {

/// Sets up the program's log (spdlog) on stderr: warnings, with -v all that it does, with -q errors
/// only. Libraries do not log; they return and record.
void startLog(Common const& common);

} // namespace shakedown::cli
