#pragma once

#include <string>

#include "cli/command.hpp"
#include "cli/run_options.hpp"

namespace shakedown::cli {

/// Reads, simulates and judges one scenario file, writes its folder and says how it went.
Exit runScenario(std::string const& file, RunOrders const& orders, Common const& common);

} // namespace shakedown::cli
