#pragma once

#include <cstddef>
#include <string>

#include "reports/html/health.hpp"
#include "reports/html/time_axis.hpp"

namespace shakedown::html {

/// A row a service, a cell a step: how it fared, as height and colour. At most `mostRows`, those
/// that suffered longest, in the order of the scenario.
std::string healthStrips(History const& history, Conditions const& conditions, TimeAxis const& axis,
                         std::size_t mostRows);

/// A row for every call whose breakers opened; empty if none did.
std::string breakerStrips(History const& history, TimeAxis const& axis, std::size_t mostRows);

} // namespace shakedown::html
