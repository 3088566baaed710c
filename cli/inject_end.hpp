#pragma once

#include <string>

#include "chaos-agent/conduct/conductor.hpp"
#include "chaos-agent/conduct/rehearsal.hpp"
#include "cli/command.hpp"
#include "reports/summary/summary.hpp"

namespace shakedown::cli {

/// The exit code of a live run.
Exit exitOf(conduct::LiveOutcome const& outcome);

/// Why it did not play to its end and what was left behind, a line each; empty if it did and
/// nothing was.
std::string endText(conduct::LiveOutcome const& outcome);

/// The run in numbers; it must have begun.
summary::Summary liveSummary(model::Scenario const& scenario, conduct::LiveOutcome const& outcome);

/// What would be done, for people or machines.
std::string plansText(std::vector<conduct::RehearsedFault> const& plans);
std::string plansJson(std::vector<conduct::RehearsedFault> const& plans);

} // namespace shakedown::cli
