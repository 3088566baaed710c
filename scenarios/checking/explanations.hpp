#pragma once

#include <vector>

#include "scenarios/checking/catalogue.hpp"

/// The texts of the catalogue. The codes of reading stand here as text, because checking does not
/// use that room; a test holds the two together.
namespace shakedown::checking {

std::vector<Explanation> readingExplanations();
std::vector<Explanation> checkingExplanations();
/// Of the conductor of live runs, a room that this one does not know either.
std::vector<Explanation> liveExplanations();

} // namespace shakedown::checking
