#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <variant>

#include "reports/record/moments.hpp"
#include "reports/record/state_frame.hpp"

/// Reads what line_writing.hpp writes. A record is a file that somebody may have edited: every
/// number is checked for its range, every index against the header's lists.
namespace shakedown::record {

struct LeftOut {
    SimTime at;
    std::uint64_t requests = 0;
};
using LineContent = std::variant<Moment, StateFrame, LeftOut>;

/// What is wrong with a line, for people: "service 7 of 3".
struct LineFault {
    std::string why;
};

std::variant<Header, LineFault> parseHeader(std::string_view line);
std::variant<LineContent, LineFault> parseLine(std::string_view line, Header const& header);

} // namespace shakedown::record
