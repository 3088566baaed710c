#pragma once

#include <string>
#include <vector>

#include "scenarios/vocabulary/time.hpp"

/// Words of the tale.
namespace shakedown::why {

/// "a, b and c".
std::string listed(std::vector<std::string> const& names);
/// "66 %".
std::string percentText(double share);
/// "3.90 s".
std::string secondsText(Duration d);

} // namespace shakedown::why
