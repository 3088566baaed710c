#pragma once

#include <nlohmann/json.hpp>

namespace shakedown::agent {

enum class LogLevel { Info, Error };

/// Logs go to stderr from now on, an object a line with time (UTC), level, event and what is
/// given.
void startLog();
void log(LogLevel level, char const* event, nlohmann::ordered_json const& more);

} // namespace shakedown::agent
