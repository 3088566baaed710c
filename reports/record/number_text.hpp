#pragma once

#include <cstdint>
#include <string>

#include "scenarios/vocabulary/time.hpp"

/// The one place where reports turn numbers into text: by std::to_chars, so no locale changes them.
namespace shakedown::record {

void append(std::string& out, std::uint64_t number);
void append(std::string& out, std::int64_t number);
inline void append(std::string& out, std::uint32_t number) {
    append(out, std::uint64_t{number});
}

/// The shortest text that is read back as exactly this number; a number that is not finite, which
/// JSON cannot say, becomes 0.
void append(std::string& out, double number);

/// Rounded to so many significant digits, without exponent: 0.0123, 1.23, 1230. Trailing zeros
/// after the point stay: 1.00.
std::string significant(double number, int digits);

/// Rounded to so many decimals: 1.50.
std::string fixed(double number, int decimals);

/// A number rounded to twelve significant digits: enough for every use, few enough that the last
/// bits of a sum do not show.
double tidied(double number);

/// Tidied.
double milliseconds(Duration d);

} // namespace shakedown::record
