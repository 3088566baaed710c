#pragma once

#include <vector>

#include "gui/session/run_index.hpp"

namespace shakedown::gui {

/// What goes along a call, over the last second: an interval of a record is short, and most calls
/// of a large system are rarer than intervals are.
struct Traffic {
    double rate = 0;    // attempts a second
    double trouble = 0; // share of them that did not succeed
    Duration latency;   // calls under way over calls a second (Little 1961)
};

/// One a call; nothing without intervals.
std::vector<Traffic> trafficAt(RunIndex const& index, SimTime at);

} // namespace shakedown::gui
