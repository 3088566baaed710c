#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace shakedown::control {

/// Unix time in seconds: of a whole number, or of a date with time and offset as RFC 3339 writes
/// it ("2026-12-31T23:59:59Z", "...+01:00"; fractions are cut off, a leap second is the next one).
/// Nothing for anything else.
std::optional<std::int64_t> parseExpiry(std::string_view text);

} // namespace shakedown::control
