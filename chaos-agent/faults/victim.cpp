#include "chaos-agent/faults/victim.hpp"

#include <algorithm>

#include "chaos-agent/system/capabilities.hpp"

namespace shakedown::injectors {

namespace {

using system::Failure;
using system::Got;

// SSH is how people get in to look; everybody's session is a child of it.
bool isLifeline(std::string const& name) {
    return name == "sshd" || name == "systemd" || name == "init" || name == "dbus-daemon";
}

} // namespace

bool isSpared(system::ProcessId const& id, Protected const& spared) {
    return id.number == 1
           || std::find(spared.processes.begin(), spared.processes.end(), id)
                  != spared.processes.end();
}

Got<system::Process> victimOf(Target const& target, Protected const& spared) {
    auto got = processOf(target);
    auto const* process = std::get_if<system::Process>(&got);
    if (process == nullptr)
        return got;
    auto const& id = process->id();
    auto const found = system::statOf(id.number);
    if (auto const* failure = std::get_if<Failure>(&found))
        return *failure;
    auto const* stat = std::get_if<system::ProcessStat>(&found);
    if (isSpared(id, spared) || (stat && isLifeline(stat->name)))
        return Failure{"process " + textOf(id) + " (" + (stat ? stat->name : "") + ") of '"
                       + target.name + "' is protected"};
    // Signal 0 asks whether one could be sent (kill(2)).
    if (auto const failed = process->signal(0))
        return Failure{failed->why + "; that needs " + nameOf(system::Privilege::Kill)};
    return got;
}

std::string claimOf(system::ProcessId const& id) {
    return "process " + textOf(id);
}

} // namespace shakedown::injectors
