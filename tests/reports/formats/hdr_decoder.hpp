#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

/// Reads HdrHistogram logs in their V2 encoding, independently of what writes ours.
namespace shakedown::tests {

struct HdrHistogram {
    int digits = 0;
    std::uint64_t lowest = 0;
    std::uint64_t highest = 0;
    std::vector<std::uint64_t> counts; // a bucket

    std::uint64_t total() const;
    /// The lowest and highest values that a bucket holds.
    std::pair<std::uint64_t, std::uint64_t> rangeOf(std::size_t index) const;
    /// The range of the bucket that at least a share q of the values do not exceed.
    std::pair<std::uint64_t, std::uint64_t> quantile(double q) const;
};

struct HdrLine {
    std::string tag;
    double start = 0;
    double length = 0;
    double max = 0;
    HdrHistogram histogram;
};

/// The interval lines of a log; throws std::runtime_error where one cannot be read.
std::vector<HdrLine> readHdrLog(std::string const& text);

} // namespace shakedown::tests
