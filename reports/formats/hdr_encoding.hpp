#pragma once

#include <cstdint>
#include <string>

#include "reports/measure/histogram.hpp"

namespace shakedown::formats {

/// A histogram in HdrHistogram's compressed V2 encoding, as bytes: nanoseconds, three significant
/// digits, lowest discernible value 1. Its buckets are half as wide as our cells, so nothing is
/// lost: the middle of a cell is the lower bound of a bucket. Source: HdrHistogram,
/// AbstractHistogram.encodeIntoCompressedByteBuffer and ZigZagEncoding.
std::string hdrEncoded(measure::Histogram const& histogram);

/// Where HdrHistogram with these settings counts a value.
std::size_t hdrIndexOf(std::uint64_t value);

/// The number as ZigZag LEB128 of at most nine bytes: seven bits a byte, low ones first, and all
/// eight in the ninth.
void appendZigZag(std::string& bytes, std::int64_t number);

} // namespace shakedown::formats
