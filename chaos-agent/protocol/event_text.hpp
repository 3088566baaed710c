#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "chaos-agent/protocol/fault.hpp"

namespace shakedown::protocol {

/// Reads server-sent events as they arrive, however they are cut. Events of other names than
/// AgentEvents have (`lost`) and comments are skipped.
class EventText {
public:
    /// The events that are complete now, or why it is none: not one of ours, or above 256 KiB.
    std::variant<std::vector<AgentEvent>, std::string> take(std::string_view bytes);

private:
    std::optional<std::string> onLine(std::string_view line, std::vector<AgentEvent>& events);

    std::string rest_; // of a line that is not complete
    std::string data_;
    bool isNamed_ = false;
};

} // namespace shakedown::protocol
