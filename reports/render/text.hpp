#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "reports/render/page.hpp"
#include "reports/summary/summary.hpp"
#include "reports/why/explanation.hpp"

namespace shakedown::render {

/// What the end of a run says besides its numbers.
struct Closing {
    std::vector<std::string> files;        // written
    std::string next;                      // a command to try
    std::string comparison = {};           // with an earlier run, rendered
    why::Explanation const* why = nullptr; // of the recorded replication; null: none
};

/// The end of a run for people: expectations first, then what broke first, the top cause, a line a
/// load, the files written, the next command. At most 100 characters wide but for paths and
/// commands; words say what colours say; nothing from a scenario reaches the terminal unclean.
std::string text(summary::Summary const& summary, Closing const& closing, Colour colour);

} // namespace shakedown::render
