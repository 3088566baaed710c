#pragma once

#include "chaos-agent/faults/operation.hpp"

namespace shakedown::injectors {

system::Failed applyRedirect(Redirect const& redirect, Duration lease, Tools const& tools);
Verdict isRedirectApplied(Redirect const& redirect);
protocol::PlannedStep wordsOfRedirect(Redirect const& redirect);

} // namespace shakedown::injectors
