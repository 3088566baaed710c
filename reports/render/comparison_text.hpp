#pragma once

#include <string>

#include "reports/render/comparison_sentence.hpp"
#include "reports/render/text.hpp"
#include "reports/summary/comparison.hpp"

namespace shakedown::render {

/// Two runs side by side, for people: a line a number, with the words better, same, worse, then the
/// whole in a sentence. At most 100 characters wide but for sentences; of more than 40 loads those
/// that changed come first and the rest is counted.
std::string comparisonText(summary::Comparison const& comparison, ComparedNames const& names,
                           Colour colour);

} // namespace shakedown::render
