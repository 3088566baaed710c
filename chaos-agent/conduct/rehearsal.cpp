#include "chaos-agent/conduct/rehearsal.hpp"

#include <algorithm>

namespace shakedown::conduct {

namespace {

using protocol::ClientError;

// The longest time that a fault of this event is at work.
Duration longestOf(Programme const& programme, std::size_t event) {
    Duration longest = Duration::milliseconds(1);
    for (auto const& one : programme.occurrences)
        if (one.event == event)
            longest = std::max(longest, one.end - one.begin);
    return longest;
}

} // namespace

std::variant<std::vector<RehearsedFault>, std::string>
plansOf(Programme const& programme, std::vector<AgentPort*> const& agents) {
    std::vector<RehearsedFault> plans;
    for (std::size_t e = 0; e < programme.events.size(); ++e) {
        auto const& event = programme.events[e];
        for (auto const& fault : event.faults) {
            auto request = fault.request;
            request.duration = longestOf(programme, e);
            auto const& agent = programme.agents[fault.agent];
            auto plan = agents[fault.agent]->plan(request);
            if (auto const* error = std::get_if<ClientError>(&plan))
                return "agent " + agent.name + " cannot do '" + event.name + "': " + error->message;
            plans.push_back({event.name, agent.name, std::move(request), fault.note,
                             std::get<protocol::PlanReport>(std::move(plan))});
        }
    }
    return plans;
}

std::string rehearse(Programme const& programme, std::vector<AgentPort*> const& agents) {
    for (std::size_t i = 0; i < programme.agents.size(); ++i) {
        auto const& name = programme.agents[i].name;
        auto const halt = agents[i]->halted();
        if (auto const* error = std::get_if<ClientError>(&halt))
            return "agent " + name + ": " + error->message;
        if (auto const& lever = std::get<protocol::Halt>(halt); lever.on)
            return "agent " + name + " is halted by " + lever.by + ": " + lever.reason;
    }
    auto const plans = plansOf(programme, agents);
    auto const* why = std::get_if<std::string>(&plans);
    return why != nullptr ? *why : "";
}

} // namespace shakedown::conduct
