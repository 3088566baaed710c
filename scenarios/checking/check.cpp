#include "scenarios/checking/check.hpp"

#include "scenarios/checking/dangling_names.hpp"
#include "scenarios/checking/not_simulated.hpp"

namespace shakedown::checking {

Diagnostics check(model::Scenario const& scenario, Purpose purpose) {
    Diagnostics findings = danglingNames(scenario);
    if (purpose == Purpose::Simulate) {
        auto const missing = notSimulated(scenario);
        findings.insert(findings.end(), missing.begin(), missing.end());
    }
    return findings;
}

} // namespace shakedown::checking
