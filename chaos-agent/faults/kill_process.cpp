#include "chaos-agent/faults/kill_process.hpp"

#include <csignal>

#include "chaos-agent/faults/comeback.hpp"

namespace shakedown::faults {

namespace {

bool lives(KillProcess const& kill) {
    return system::Process::reopen(kill.process).has_value();
}

// Nothing brings it back, or it never left: then there is nothing to see.
bool comesBack(KillProcess const& kill) {
    return !kill.comeback.action.empty() && !lives(kill);
}

} // namespace

system::Failed applyKill(KillProcess const& kill) {
    auto const process = system::Process::reopen(kill.process);
    if (!process)
        return system::Failure{"process " + textOf(kill.process) + " is gone"};
    return process->signal(SIGKILL);
}

system::Failed revertKill(KillProcess const& kill) {
    // Somebody else, such as systemd, may have started it already.
    if (!comesBack(kill) || isBack(kill.comeback, kill.process).is == Verdict::Is::So)
        return {};
    return system::launch(kill.comeback.action);
}

Verdict isKillApplied(KillProcess const& kill) {
    if (lives(kill))
        return {Verdict::Is::NotYet, "process " + textOf(kill.process) + " has not ended"};
    return {};
}

Verdict isKillReverted(KillProcess const& kill) {
    return comesBack(kill) ? isBack(kill.comeback, kill.process) : Verdict{};
}

protocol::PlannedStep wordsOfKill(KillProcess const& kill) {
    return {"SIGKILL to process " + textOf(kill.process),
            kill.comeback.action.empty()
                ? "nothing takes this back"
                : "run " + textOf(kill.comeback.action) + ", unless it runs again by then"};
}

} // namespace shakedown::faults
