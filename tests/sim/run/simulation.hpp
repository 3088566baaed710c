#pragma once

#include <string>

#include <catch2/catch.hpp>

#include "reports/summary/summary.hpp"
#include "scenarios/reading/reader.hpp"
#include "sim/run/replicate.hpp"
#include "sim/run/simulate.hpp"

/// Runs a scenario written in a test.
namespace shakedown::tests {

struct Simulated {
    model::Scenario scenario;
    run::Compiled compiled;
    verdict::Evidence evidence;
    summary::Summary summary;

    summary::LoadSummary const& load(std::string const& name) const {
        for (auto const& l : summary.loads)
            if (l.name == name)
                return l;
        throw std::runtime_error("no load " + name);
    }
    summary::CallSummary const& call(std::string const& name) const {
        for (auto const& c : summary.calls)
            if (c.name == name)
                return c;
        throw std::runtime_error("no call " + name);
    }
};

// A platform with machines has a process to itself.
inline verdict::Evidence evidenceOf(model::Scenario const& scenario, run::Compiled const& compiled,
                                    run::Settings const& settings) {
    if (!compiled.plan.hosting)
        return run::simulate(scenario, compiled, settings);
    auto all = run::replicate(scenario, compiled, settings, {{settings.seed, 0}}, 1);
    if (!all)
        FAIL(all.errors().front().message);
    return std::move(all).value().front();
}

inline Simulated simulate(model::Scenario scenario, run::Settings settings = {}) {
    auto compiled = run::compileScenario(scenario);
    if (!compiled)
        FAIL(compiled.errors().front().message);
    if (settings.seed == 1)
        settings.seed = scenario.run.seed;
    auto evidence = evidenceOf(scenario, compiled.value(), settings);
    auto names = compiled.value().plan.names;
    auto summary =
        summary::summarise(scenario, names, compiled.value().demand, {evidence}, "ideal");
    return {std::move(scenario), std::move(compiled).value(), std::move(evidence),
            std::move(summary)};
}

inline Simulated simulate(std::string const& text, run::Settings settings = {}) {
    auto read = reading::readText(text, "test.yaml");
    for (auto const& f : read.findings)
        if (f.severity == Severity::Error)
            FAIL(f.place.line << ": " << f.message);
    return simulate(std::move(*read.scenario), settings);
}

} // namespace shakedown::tests
