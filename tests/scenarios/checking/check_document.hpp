#pragma once

#include <string>

#include "scenarios/checking/check.hpp"

namespace shakedown::tests {

/// What checking finds in a text that can be read: a line "LINE:COLUMN CODE MESSAGE" each.
std::string found(std::string const& text, checking::Purpose purpose = checking::Purpose::Document);

/// Two services and a load about which there is nothing to say; more may follow from line 7 on.
std::string quietShop();

/// A service 'a' with these steps, a service 'b', and a load 'l' that asks 'a'.
std::string withSteps(std::string const& steps);

bool holds(std::string const& lines, std::string const& part);

} // namespace shakedown::tests
