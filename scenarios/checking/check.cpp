#include "scenarios/checking/check.hpp"

#include "scenarios/checking/rules.hpp"

namespace shakedown::checking {

namespace {

void checkDocument(model::Scenario const& scenario, Purpose purpose, Report& report) {
    checkNames(scenario, report);
    checkTargets(scenario, report);
    checkRecursion(scenario, report);
    checkNumbers(scenario, report);
    checkPlatform(scenario, report);
    checkDialects(scenario, report);
    checkTimes(scenario, report);
    checkConditions(scenario, report);
    lint(scenario, report);
    if (purpose == Purpose::Simulate) {
        checkSimulated(scenario, report);
    }
}

} // namespace

Diagnostics check(model::Scenario const& scenario, Purpose purpose) {
    Report report;
    checkDocument(scenario, purpose, report);
    // What an operation `set` makes of the document must be right too; what is the same is said
    // once.
    for (auto const& revision : scenario.revisions) {
        checkDocument(*revision.document, purpose, report);
    }
    return std::move(report).sorted();
}

} // namespace shakedown::checking
