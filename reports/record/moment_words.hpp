#pragma once

#include <optional>
#include <string_view>

#include "reports/record/moments.hpp"

/// The words that records and reports use for the closed sets of moments.hpp, both ways.
namespace shakedown::record {

std::string_view wordOf(Level level);
std::string_view wordOf(ReplicaState state);
std::string_view wordOf(BreakerState state);
std::string_view wordOf(Cause cause);
std::string_view wordOf(Pressure pressure);
std::string_view wordOf(EndReason reason);
std::string_view wordOf(measure::Outcome outcome);

/// The value whose word this is: `parseWord<Cause>("timeout")`; defined for the sets above.
template <class T>
std::optional<T> parseWord(std::string_view word);

/// How many values a set has, for who reads them as numbers.
template <class T>
std::size_t countOf();

} // namespace shakedown::record
