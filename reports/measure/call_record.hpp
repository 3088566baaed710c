#pragma once

#include <cstdint>

namespace shakedown::measure {

enum class Verdict : std::uint8_t { Success, Failure };
enum class Pace : std::uint8_t { Quick, Slow };

/// How a call went, for those who count calls over a window.
struct CallRecord {
    Verdict verdict = Verdict::Success;
    Pace pace = Pace::Quick;
    friend constexpr bool operator==(CallRecord, CallRecord) = default;
};

/// What a window holds.
struct WindowCounts {
    std::uint32_t total = 0;
    std::uint32_t failures = 0;
    std::uint32_t slow = 0;
    std::uint32_t slowFailures = 0;

    constexpr void add(CallRecord r) {
        ++total;
        failures += r.verdict == Verdict::Failure ? 1 : 0;
        slow += r.pace == Pace::Slow ? 1 : 0;
        slowFailures += isSlowFailure(r) ? 1 : 0;
    }
    constexpr void subtract(CallRecord r) {
        --total;
        failures -= r.verdict == Verdict::Failure ? 1 : 0;
        slow -= r.pace == Pace::Slow ? 1 : 0;
        slowFailures -= isSlowFailure(r) ? 1 : 0;
    }
    constexpr void subtract(WindowCounts const& other) {
        total -= other.total;
        failures -= other.failures;
        slow -= other.slow;
        slowFailures -= other.slowFailures;
    }
    static constexpr bool isSlowFailure(CallRecord r) {
        return r.verdict == Verdict::Failure && r.pace == Pace::Slow;
    }
    friend constexpr bool operator==(WindowCounts const&, WindowCounts const&) = default;
};

} // namespace shakedown::measure
