#pragma once

#include <string>
#include <variant>
#include <vector>

#include "chaos-agent/protocol/fault.hpp"

namespace shakedown::cli {

/// A fault as `agent start` is told of it, in words of the scenario: "250ms", "10%", "1MB".
struct AskedFault {
    std::string kind;
    std::string target;
    std::string duration;
    std::string lease;
    std::string way;
    std::string reason;
    std::vector<std::string> peers;
    /// "share=10%", "delay=100ms", "status=503", "path=/orders/*"; a value without a unit is taken
    /// as it is.
    std::vector<std::string> settings;
};

/// The request, or what is wrong with which word.
std::variant<protocol::FaultRequest, std::string> requestOf(AskedFault const& asked);

} // namespace shakedown::cli
