#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "gui/session/run_index.hpp"
#include "reports/summary/difference.hpp"

namespace shakedown::gui {

/// What of a number the simulation said, beside what happened.
enum class Agreement : std::uint8_t { Agrees, TooMuch, TooLittle, OneSided };

struct ModelErrorRow {
    std::string window; // "whole run", "during fail"
    std::string load;
    std::string number; // "goodput", "p99", "timed out"
    std::string live;   // with their units
    std::string simulated;
    std::string error; // simulated - live, with its sign: "-12.3 ms (-12.0 %)"
    Agreement agreement = Agreement::Agrees;
    std::string verdict; // "the model says 12.0 % too fast"
};

/// How far the simulation of a scenario was from the run that really happened: of each load that
/// both have, over the time that both have and within each fault, measured by the requests in their
/// records as `shakedown compare` does.
struct ModelError {
    std::vector<ModelErrorRow> rows;
    std::string sentence; // the whole, or why there are no rows
};

/// Up to this the model is said to agree: 5 % of what happened, of shares half a percentage point.
inline constexpr summary::Noticeable agreesWithin{0.05, 0.005};
/// Faults beyond these are not looked at one by one.
inline constexpr std::size_t mostFaultWindows = 8;

ModelError modelErrorOf(RunIndex const& live, RunIndex const& simulated);

} // namespace shakedown::gui
