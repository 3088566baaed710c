#include "chaos-agent/faults/kill_process.hpp"

#include <csignal>

#include "chaos-agent/faults/comeback.hpp"

namespace shakedown::injectors {

namespace {

constexpr Duration forItsEnd = Duration::seconds(2);

bool isEnded(KillProcess const& kill) {
    return !system::Process::reopen(kill.process).has_value();
}

// It was not killed, and is not about to end.
bool livesOn(KillProcess const& kill) {
    auto const process = system::Process::reopen(kill.process);
    return process && !process->isDoomed();
}

} // namespace

system::Failed applyKill(KillProcess const& kill) {
    auto const process = system::Process::reopen(kill.process);
    if (!process)
        return system::Failure{"process " + textOf(kill.process) + " is gone"};
    return process->signal(SIGKILL);
}

system::Failed revertKill(KillProcess const& kill) {
    if (kill.comeback.action.empty() || livesOn(kill))
        return {};
    // Who killed it may have been killed at once: it is started again once it has ended.
    auto const process = system::Process::reopen(kill.process);
    if (process && !process->waitForEnd(forItsEnd))
        return system::Failure{"process " + textOf(kill.process) + " does not end"};
    // Somebody else, such as systemd, may have started it already.
    if (isBack(kill.comeback, kill.process).is == Verdict::Is::So)
        return {};
    return system::launch(kill.comeback.action);
}

Verdict isKillApplied(KillProcess const& kill) {
    if (!isEnded(kill))
        return {Verdict::Is::NotYet, "process " + textOf(kill.process) + " has not ended"};
    return {};
}

Verdict isKillReverted(KillProcess const& kill) {
    if (kill.comeback.action.empty() || livesOn(kill))
        return {};
    return isBack(kill.comeback, kill.process);
}

protocol::PlannedStep wordsOfKill(KillProcess const& kill) {
    return {"SIGKILL to process " + textOf(kill.process),
            kill.comeback.action.empty()
                ? "nothing takes this back"
                : "run " + textOf(kill.comeback.action) + ", unless it runs again by then"};
}

} // namespace shakedown::injectors
