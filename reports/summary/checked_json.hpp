#pragma once

#include <cstdint>
#include <limits>
#include <string>

#include <nlohmann/json.hpp>

#include "scenarios/vocabulary/time.hpp"

/// Numbers of a summary.json, which anybody may have written: what no run can have is refused.
/// Besides `NoFigure` the library's own exceptions may come out; both are caught where a file is
/// read.
namespace shakedown::summary {

using Document = nlohmann::ordered_json;

struct NoFigure {
    std::string what; // "errors is not a number from 0 to 1"
};

void mustBe(bool isSo, std::string const& otherwise);

/// At `key` of an object; `key` is for the message, too.
std::uint64_t countAt(Document const& json, char const* key,
                      std::uint64_t most = std::numeric_limits<std::uint64_t>::max());
double numberAt(Document const& json, char const* key); // of at least 0
double shareAt(Document const& json, char const* key);

double shareOf(Document const& json, char const* what);
double numberOf(Document const& json, char const* what);
/// Milliseconds, up to 200 years.
Duration latencyOf(Document const& json, char const* what);

} // namespace shakedown::summary
