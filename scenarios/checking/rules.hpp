#pragma once

#include "scenarios/checking/report.hpp"
#include "scenarios/model/scenario.hpp"

/// The rules, a file each. A rule is a pure function of the scenario.
namespace shakedown::checking {

/// Every name means something that is there.
void checkNames(model::Scenario const& scenario, Report& report);
/// The names in faults, operations and conditions too.
void checkTargets(model::Scenario const& scenario, Report& report);
/// No call leads back to itself for ever.
void checkRecursion(model::Scenario const& scenario, Report& report);
/// No number contradicts another.
void checkNumbers(model::Scenario const& scenario, Report& report);
/// Machines and links make sense, and what needs them has them.
void checkPlatform(model::Scenario const& scenario, Report& report);
/// Libraries are named for patterns that they have, with keys that they know.
void checkDialects(model::Scenario const& scenario, Report& report);
/// Nothing is planned behind the end of the run.
void checkTimes(model::Scenario const& scenario, Report& report);
/// Conditions take metrics of things that have them.
void checkConditions(model::Scenario const& scenario, Report& report);
/// Mistakes of resilience that a run would show the hard way.
void lint(model::Scenario const& scenario, Report& report);
/// What the engine of this release cannot run.
void checkSimulated(model::Scenario const& scenario, Report& report);

} // namespace shakedown::checking
