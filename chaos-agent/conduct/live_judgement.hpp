#pragma once

#include <cstdint>
#include <vector>

#include "chaos-agent/conduct/roster.hpp"
#include "reports/verdict/judgement.hpp"

namespace shakedown::conduct {

/// Whether a live run can tell at all if a condition holds: only what loads see from outside is
/// measured, not queues, workers, retries or breakers.
bool isMeasured(model::Condition const& condition, Roster const& roster);

/// Judges expectations by what a live run saw. What is not measured is unknown, and says so.
/// `scenario` is the one whose `expect` is judged.
std::vector<verdict::Judgement> judgeLive(model::Scenario const& scenario, Roster const& roster,
                                          verdict::Demand const& demand,
                                          verdict::Evidence const& evidence);

} // namespace shakedown::conduct
