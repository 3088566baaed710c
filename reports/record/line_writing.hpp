#pragma once

#include <cstdint>
#include <string>

#include "reports/record/moments.hpp"
#include "reports/record/state_frame.hpp"

/// The lines of a record, each appended with its newline. Their form stands in the room's README.
namespace shakedown::record {

inline constexpr int recordFormat = 1;

void appendLine(std::string& out, Header const& header);
void appendLine(std::string& out, Moment const& moment);
void appendLine(std::string& out, StateFrame const& frame);
/// The line that says how many request moments the limit of the record left out.
void appendLeftOut(std::string& out, SimTime at, std::uint64_t requests);

} // namespace shakedown::record
