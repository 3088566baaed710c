#pragma once

#include <span>
#include <string_view>
#include <vector>

#include "scenarios/model/scenario.hpp"

namespace shakedown::checking {

/// A part of the model that the engine of this release cannot run. When it can, its row goes.
struct Unsimulated {
    char const* code;
    std::string_view feature; ///< as the subject of "... is not simulated yet"
    std::vector<Place> (*uses)(model::Scenario const&);
};

/// The one list of what is missing.
std::span<Unsimulated const> unsimulated();

} // namespace shakedown::checking
