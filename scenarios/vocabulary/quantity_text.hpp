#pragma once

#include <string>

#include "scenarios/vocabulary/quantities.hpp"
#include "scenarios/vocabulary/time.hpp"

/// Quantities as a scenario writes them: with their unit, short, and exact, so that reading the
/// text gives the same value again.
namespace shakedown {

/// The shortest decimal number, without exponent, that is read back as exactly this one.
std::string toText(double number);
/// "250ms", "1.5s", "5m", "none".
std::string toText(Duration span);
/// A span given in seconds, such as the parameter of a distribution: "8ms".
std::string secondsText(double seconds);
/// "20/s", "100/min".
std::string toText(Rate rate);
/// "4KiB", "1500B".
std::string toText(Bytes size);
/// "1Gbps".
std::string toText(Bandwidth bandwidth);
/// "5%".
std::string toText(Ratio ratio);

} // namespace shakedown
