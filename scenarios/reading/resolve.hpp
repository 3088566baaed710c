#pragma once

#include "scenarios/model/scenario.hpp"
#include "scenarios/reading/findings.hpp"

namespace shakedown::reading {

/// Finds out what the subjects of all conditions are (a load, a service, a topic ...) and reports
/// those that are nothing, and names that two things share.
void resolveSubjects(model::Scenario& scenario, Findings& findings);

} // namespace shakedown::reading
