#include "cli/load.hpp"

#include "scenarios/checking/check.hpp"
#include "sim/run/simulate.hpp"

namespace shakedown::cli {

Loaded loadScenario(std::string const& file, reading::ReadOptions const& options) {
    auto read = reading::readFile(file, options);
    Loaded loaded{std::nullopt, std::move(read.findings)};
    if (!read.scenario || hasErrors(loaded.findings))
        return loaded;
    auto const checked = checking::check(*read.scenario, checking::Purpose::Simulate);
    loaded.findings.insert(loaded.findings.end(), checked.begin(), checked.end());
    if (hasErrors(loaded.findings))
        return loaded;
    auto const compiled = run::compileScenario(*read.scenario);
    if (!compiled) {
        loaded.findings.insert(loaded.findings.end(), compiled.errors().begin(),
                               compiled.errors().end());
        return loaded;
    }
    loaded.scenario = std::move(read.scenario);
    return loaded;
}

} // namespace shakedown::cli
