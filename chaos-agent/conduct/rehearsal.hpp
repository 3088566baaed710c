#pragma once

#include <string>
#include <vector>

#include "chaos-agent/conduct/agent_port.hpp"
#include "chaos-agent/conduct/programme.hpp"

namespace shakedown::conduct {

/// What an agent would do for a fault, step by step.
struct RehearsedFault {
    std::string event;
    std::string agent;
    protocol::FaultRequest request;
    std::string note; // may be empty
    protocol::PlanReport plan;
};

/// Lets every agent plan its part; nothing is done. Or why one cannot.
std::variant<std::vector<RehearsedFault>, std::string>
plansOf(Programme const& programme, std::vector<AgentPort*> const& agents);

/// Why the programme cannot be done: an agent that is not there, is halted, does not know a target
/// or refuses a fault; empty if nothing is in the way.
std::string rehearse(Programme const& programme, std::vector<AgentPort*> const& agents);

} // namespace shakedown::conduct
