#pragma once

#include <string>
#include <variant>
#include <vector>

#include "chaos-agent/protocol/fault.hpp"
#include "scenarios/model/fault.hpp"

namespace shakedown::conduct {

/// What an agent is asked to do for a fault of a scenario, to one service.
struct LiveFault {
    protocol::FaultKind what;
    std::string service;
    std::vector<std::string> peers; // services or loads; empty is everybody
    protocol::Way way = protocol::Way::Both;
    std::string note; // where it differs from what is simulated; may be empty
};
/// More of a load: no agent is needed for that.
struct LoadSurge {
    std::string load; // empty is all
    double factor = 1;
    double morePerSecond = 0;
};
struct NotLive {
    std::string why;
};

/// How a fault of a scenario is done for real, or why it is not.
std::variant<std::vector<LiveFault>, LoadSurge, NotLive> liveKindOf(model::FaultKind const& fault);

} // namespace shakedown::conduct
