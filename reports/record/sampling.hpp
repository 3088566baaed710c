#pragma once

#include <cstddef>
#include <cstdint>

#include "scenarios/vocabulary/time.hpp"

/// How much a sampled record keeps, so that it stays below 32 MB.
namespace shakedown::record {

inline constexpr std::uint64_t sampledRecordSize = 32'000'000;

/// The length of an interval: the larger of 100 ms and a two-thousandth of the run, rounded up to
/// 1, 2 or 5 times a power of ten. A run of more than 200 subjects (loads, services, calls) gets
/// longer ones, so that the intervals fill at most half a sampled record.
Duration recordInterval(Duration run, std::size_t subjects = 0);

/// One request in how many is kept, so that they fill at most a third of a sampled record; at least
/// 1. `spansARequest` is the expected number of attempts of a request, retries included.
std::uint32_t sampleEveryFor(double expectedRequests, double spansARequest);

} // namespace shakedown::record
