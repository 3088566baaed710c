#pragma once

#include <cstdint>
#include <string>

#include "scenarios/vocabulary/time.hpp"

/// Simulated time for tools that know only dates. A run is given the same fixed date each time, so
/// that equal runs write equal bytes: it begins at 2001-09-09T01:46:40Z, a thousand million seconds
/// after 1970, which nobody takes for a real measurement.
namespace shakedown::formats {

inline constexpr std::int64_t epochSeconds = 1'000'000'000;

/// Nanoseconds since 1970-01-01T00:00:00Z; `at` is an instant of a run, not never().
constexpr std::uint64_t unixNanoseconds(SimTime at) {
    constexpr std::uint64_t epoch = std::uint64_t{epochSeconds} * 1'000'000'000;
    return epoch + static_cast<std::uint64_t>(at.count());
}

/// RFC 3339 with nanoseconds: "2001-09-09T01:46:40.000000000Z".
std::string dateText(SimTime at);

} // namespace shakedown::formats
