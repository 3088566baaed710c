#pragma once

#include <optional>
#include <string>

#include "cli/command.hpp"
#include "scenarios/checking/check.hpp"
#include "scenarios/model/scenario.hpp"
#include "scenarios/reading/reader.hpp"

namespace shakedown::cli {

struct Loaded {
    std::optional<model::Scenario> scenario; // empty if there is an error
    Diagnostics findings;
    Exit exit = Exit::Ok; // Usage if there is no such file, InvalidScenario if it has errors
};

/// Reads and checks a scenario that shall be simulated, or only understood.
Loaded loadScenario(std::string const& file, reading::ReadOptions const& options = {},
                    checking::Purpose purpose = checking::Purpose::Simulate);

/// A scenario as it is written, as much of it as one may have.
std::string textOfScenario(std::string const& file);

} // namespace shakedown::cli
