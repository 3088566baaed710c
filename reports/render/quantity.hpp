#pragma once

#include <cstdint>
#include <string>

#include "scenarios/model/condition.hpp"

/// Measured values for people: always with their unit, three significant digits.
namespace shakedown::render {

/// "12.3 us", "187 ms", "2.34 s".
std::string spanText(double seconds, int digits = 3);
/// "12.3 %"; close to 100 % so many digits that what is missing shows: "99.97 %".
std::string shareText(double share, int digits = 3);
/// "297/s".
std::string rateText(double perSecond, int digits = 3);
/// "54,000".
std::string countText(std::uint64_t count);

/// A value in base units.
std::string valueText(double value, model::ValueUnit unit, int digits = 3);

/// What was measured, beside its limit: with more digits where three would make them look equal.
struct Beside {
    std::string value;
    std::string limit;
};
Beside beside(double value, double limit, model::ValueUnit unit);

} // namespace shakedown::render
