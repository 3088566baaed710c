#pragma once

#include <string>

#include "reports/render/text.hpp"
#include "reports/summary/comparison.hpp"

namespace shakedown::render {

/// A run beside an earlier one, for people: a line a number, with the words better, same, worse.
/// `baseline` is what the earlier run is called.
std::string comparisonText(summary::Comparison const& comparison, std::string const& baseline,
                           Colour colour);

} // namespace shakedown::render
