#pragma once

#include <optional>
#include <string>

#include "scenarios/model/scenario.hpp"
#include "scenarios/reading/reader.hpp"

namespace shakedown::cli {

struct Loaded {
    std::optional<model::Scenario> scenario; // empty if there is an error
    Diagnostics findings;
};

/// Reads and checks a scenario that shall be simulated.
Loaded loadScenario(std::string const& file, reading::ReadOptions const& options = {});

} // namespace shakedown::cli
