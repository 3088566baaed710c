#pragma once

#include <cstddef>
#include <string>

#include "reports/html/health.hpp"

namespace shakedown::html {

/// Who calls whom, from left to right, and how everyone fared in one step: a shape, a colour and
/// words for each. At most `mostNodes` are drawn, those that suffered most; with the table behind
/// it, of as many rows.
std::string topology(History const& history, Conditions const& conditions, std::size_t step,
                     std::size_t mostNodes);

/// The sign of a health in a drawing, about 14 wide around its middle: circle, rounded square,
/// octagon, hollow cross.
std::string signPath(Health health, double x, double y);
/// Signs and words, for people who read the drawings.
std::string healthLegend();

} // namespace shakedown::html
