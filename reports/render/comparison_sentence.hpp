#pragma once

#include <string>

#include "reports/summary/comparison.hpp"

namespace shakedown::render {

/// What the two sides are called above their columns, and the later one in a sentence.
struct ComparedNames {
    std::string before = "A";
    std::string now = "B";
    std::string subject = "B";
};

/// The whole in a sentence or two: "B is better: goodput of visitors +9.80/s (+20.1 %), ...". Names
/// of loads are cleaned for a terminal; nothing in it is markup.
std::string comparisonSentence(summary::Comparison const& comparison, ComparedNames const& names);

/// How the differences were measured: in pairs, from independent replications, or hardly.
std::string comparisonMethod(summary::Comparison const& comparison);

/// The word of the whole: "better", "same", "worse", "mixed", "undecided", "nothing".
char const* overallWord(summary::Overall overall);

} // namespace shakedown::render
