#include "reports/record/sampling.hpp"

#include <algorithm>
#include <cmath>

namespace shakedown::record {

namespace {

// Bytes of a line, measured generously on busy records (tests/reports/record/sampling_test.cpp).
constexpr double bytesASubject = 40;
constexpr double bytesARequest = 120;
constexpr double bytesASpan = 75;

std::int64_t roundedUp125(std::int64_t n) {
    for (std::int64_t power = 1;; power *= 10) {
        for (std::int64_t const step : {1, 2, 5}) {
            if (step * power >= n) {
                return step * power;
            }
        }
    }
}

} // namespace

Duration recordInterval(Duration run, std::size_t subjects) {
    constexpr std::int64_t shortest = 100'000'000;
    constexpr std::int64_t longestRun = 3'000'000'000'000'000'000; // 95 years
    std::int64_t const length = std::clamp<std::int64_t>(run.count(), 0, longestRun);
    double const line = bytesASubject * static_cast<double>(subjects);
    double const lines = std::min(2000.0, sampledRecordSize / 2 / std::max(line, 1.0));
    auto const share =
        static_cast<std::int64_t>(std::ceil(static_cast<double>(length) / std::max(lines, 1.0)));
    return Duration::nanoseconds(roundedUp125(std::max(shortest, share)));
}

std::uint32_t sampleEveryFor(double expectedRequests, double spansARequest) {
    double const bytes =
        expectedRequests * (bytesARequest + bytesASpan * std::max(spansARequest, 1.0));
    double const every = bytes / (sampledRecordSize / 3);
    if (!(every > 1)) {
        return 1;
    }
    constexpr double most = 2e9;
    return static_cast<std::uint32_t>(
        roundedUp125(static_cast<std::int64_t>(std::ceil(std::min(every, most)))));
}

} // namespace shakedown::record
