#pragma once

#include <string>

#include "reports/render/text.hpp"
#include "reports/why/explanation.hpp"

namespace shakedown::render {

/// An explanation for a person at a terminal.
std::string whyText(why::Explanation const& explanation, Colour colour);

/// The same for machines; documented in docs/reference/why.md.
std::string whyJson(why::Explanation const& explanation);

/// What it was asked about: "home-seekers"; empty for everything.
std::string subjectText(why::Explanation const& explanation);

/// "12.3 %" of each cause, adding up to 100.
std::vector<std::string> shareTexts(std::vector<why::Blamed> const& causes);

} // namespace shakedown::render
