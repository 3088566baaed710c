#pragma once

#include <string>

#include "reports/summary/summary.hpp"

namespace shakedown::html {

/// The quantile curves of one load as a figure, with the table behind them.
std::string tailFigure(summary::LoadSummary const& load);

} // namespace shakedown::html
