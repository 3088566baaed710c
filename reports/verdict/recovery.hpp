#pragma once

#include "reports/verdict/judgement.hpp"

namespace shakedown::verdict {

/// recovers(SUBJECT) within D of EVENT: no later than D after the event's end begins a stretch of
/// ten steady seconds. Every occurrence in every replication must; the value is the slowest. An
/// event that never ends (a kill) counts from its begin.
void judgeRecovery(model::RecoveryCondition const& condition, model::Scenario const& scenario,
                   record::Names const& names, Demand const& demand,
                   std::vector<Evidence> const& replications, Judgement& judgement);

/// blast_radius(FAULT): how many services, or which share of them, left their steady state between
/// the fault's begin and the next fault after its end; mean over replications.
void judgeBlastRadius(model::MetricCondition const& condition, model::Scenario const& scenario,
                      record::Names const& names, Demand const& demand,
                      std::vector<Evidence> const& replications, Judgement& judgement);

/// Fills in value, interval and whether the comparison held.
void judgeMean(std::vector<double> const& values, Judgement& judgement);

} // namespace shakedown::verdict
