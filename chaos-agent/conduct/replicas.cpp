#include "chaos-agent/conduct/replicas.hpp"

#include <algorithm>
#include <optional>

namespace shakedown::conduct {

namespace {

std::uint32_t serviceOf(std::string const& name, Roster const& roster) {
    auto const& services = roster.names.services;
    auto const found = std::find(services.begin(), services.end(), name);
    return found == services.end() ? record::nobody
                                   : static_cast<std::uint32_t>(found - services.begin());
}

// What state a fault puts a process in; nothing if it goes on.
std::optional<record::ReplicaState> stateIn(protocol::FaultKind const& what) {
    if (std::holds_alternative<protocol::Hang>(what))
        return record::ReplicaState::Hung;
    bool const isDown = std::holds_alternative<protocol::Crash>(what)
                        || std::holds_alternative<protocol::Kill>(what);
    return isDown ? std::optional(record::ReplicaState::Down) : std::nullopt;
}

} // namespace

record::EventBegan reachOf(ProgrammeEvent const& event, Roster const& roster) {
    record::EventBegan began;
    began.event = event.event;
    for (auto const& fault : event.faults)
        if (auto const service = serviceOf(fault.request.target, roster); service != record::nobody)
            began.replicas.push_back({service, 0});
    for (std::uint32_t call = 0; call < roster.names.calls.size(); ++call)
        if (std::any_of(event.faults.begin(), event.faults.end(), [&](auto const& fault) {
                return roster.behind[call].contains(fault.request.target);
            }))
            began.calls.push_back(call);
    if (event.surge)
        for (std::uint32_t i = 0; i < roster.loads.size(); ++i)
            if (roster.loads[i].call != record::nobody
                && (event.surge->load.empty() || event.surge->load == roster.loads[i].name))
                began.loads.push_back(i);
    return began;
}

std::vector<record::ReplicaChanged> replicasHit(ProgrammeEvent const& event, Roster const& roster,
                                                Turn turn) {
    std::vector<record::ReplicaChanged> changes;
    for (auto const& fault : event.faults) {
        auto const state = stateIn(fault.request.what);
        auto const service = serviceOf(fault.request.target, roster);
        if (state && service != record::nobody)
            changes.push_back(
                {service, 0, turn == Turn::Begins ? *state : record::ReplicaState::Up});
    }
    return changes;
}

} // namespace shakedown::conduct
