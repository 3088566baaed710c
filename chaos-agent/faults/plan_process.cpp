#include "chaos-agent/faults/plan_process.hpp"

#include "chaos-agent/faults/victim.hpp"

namespace shakedown::injectors {

namespace {

using system::Failure;
using system::Got;

Got<Comeback> comebackOf(Target const& target, system::Process const& process,
                         system::Words const& action) {
    if (!action.empty())
        if (auto const failed = system::checkWords(action))
            return Failure{"the action of '" + target.name + "': " + failed->why};
    auto const place = placeOf(target, process);
    if (auto const* failure = std::get_if<Failure>(&place))
        return *failure;
    return Comeback{action, target.pidFile, target.unit, target.address,
                    std::get<system::NetworkNamespace>(place).id()};
}

} // namespace

Planned planHang(Target const& target, Protected const& spared) {
    auto const got = victimOf(target, spared);
    if (auto const* failure = std::get_if<Failure>(&got))
        return *failure;
    auto const& process = std::get<system::Process>(got);
    if (process.isStopped())
        return Failure{"process " + textOf(process.id()) + " of '" + target.name
                       + "' is stopped already, and not by us"};
    return Plan{{StopProcess{process.id()}}, {claimOf(process.id())}, false};
}

Planned planCrash(Target const& target, Protected const& spared) {
    if (target.start.empty())
        return Failure{"'" + target.name
                       + "' has no action 'start' in the agent's configuration, so it could not"
                         " come back from a crash; a fault 'kill' is for good"};
    return planKill(target, spared);
}

Planned planKill(Target const& target, Protected const& spared) {
    auto const got = victimOf(target, spared);
    if (auto const* failure = std::get_if<Failure>(&got))
        return *failure;
    auto const& process = std::get<system::Process>(got);
    auto const& id = process.id();
    auto comeback = comebackOf(target, process, target.start);
    if (auto const* failure = std::get_if<Failure>(&comeback))
        return *failure;
    return Plan{{KillProcess{id, std::get<Comeback>(comeback)}}, {claimOf(id)}, true};
}

Planned planRestart(Target const& target, Protected const& spared) {
    if (target.restart.empty())
        return Failure{"'" + target.name
                       + "' has no action 'restart' in the agent's configuration"};
    auto const got = victimOf(target, spared);
    if (auto const* failure = std::get_if<Failure>(&got))
        return *failure;
    auto const& process = std::get<system::Process>(got);
    auto const& id = process.id();
    auto comeback = comebackOf(target, process, target.restart);
    if (auto const* failure = std::get_if<Failure>(&comeback))
        return *failure;
    return Plan{{RestartProcess{id, std::get<Comeback>(comeback)}}, {claimOf(id)}, true};
}

} // namespace shakedown::injectors
