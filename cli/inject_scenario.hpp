#pragma once

#include "cli/command.hpp"
#include "cli/inject_options.hpp"

namespace shakedown::cli {

/// Does a scenario for real, or prints what would be done; tells how it went.
Exit injectScenario(InjectOptions const& options, InjectOrders const& orders, Common const& common);

} // namespace shakedown::cli
