#pragma once

#include <cstddef>
#include <cstdint>
#include <limits>

#include "scenarios/vocabulary/time.hpp"

/// How the fields of a message are described, once: reader, writer and schema are functions of the
/// same description (`describe` in fault_fields.hpp and report_fields.hpp). Each offers the methods
/// text, texts, flag, whole, share, fraction, bytes, duration, choice, message, messages and kind.
namespace shakedown::protocol {

/// A field that may be absent has the value of a fresh struct then.
enum class Need : std::uint8_t { Must, May };

struct Field {
    char const* name;
    char const* about; // a sentence, for the schema
    Need need = Need::May;
};

struct WholeRange {
    std::int64_t least = 0;
    std::int64_t most = std::numeric_limits<std::int64_t>::max();
};

struct DurationRange {
    Duration least;
    Duration most;
};

/// What the agent tells people may have lines and is not cut short; what it is told may not.
enum class Controls : std::uint8_t { Refused, Allowed };

/// The length is in bytes.
struct TextRule {
    std::size_t least = 0;
    std::size_t most = 1024;
    Controls controls = Controls::Refused;
};

inline constexpr TextRule nameRule{1, 256};
inline constexpr TextRule lineRule{0, 1024};
inline constexpr TextRule proseRule{0, 64UL * 1024, Controls::Allowed};
inline constexpr std::size_t listAtMost = 256;
inline constexpr std::int64_t bytesAtMost = 1'000'000'000'000;
/// No disturbance waits for longer.
inline constexpr Duration delayAtMost = Duration::seconds(3600);
/// No packet is held for longer.
inline constexpr Duration packetDelayAtMost = Duration::seconds(60);
/// No fault takes longer than a day.
inline constexpr Duration faultAtMost = Duration::seconds(24 * 3600);

} // namespace shakedown::protocol
