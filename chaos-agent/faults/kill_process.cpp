#include "chaos-agent/faults/kill_process.hpp"

#include <csignal>

#include "chaos-agent/faults/comeback.hpp"

namespace shakedown::injectors {

namespace {

constexpr Duration forItsEnd = Duration::seconds(2);

// What has become of the victim.
enum class Fate {
    LivesOn, // it was not killed
    Ends,    // a SIGKILL is on its way to it
    Ended
};

system::Got<Fate> fateOf(KillProcess const& kill) {
    auto const found = system::Process::reopen(kill.process);
    if (auto const* failure = std::get_if<system::Failure>(&found))
        return *failure;
    auto const* process = std::get_if<system::Process>(&found);
    if (process == nullptr)
        return Fate::Ended;
    return process->isDoomed() ? Fate::Ends : Fate::LivesOn;
}

} // namespace

system::Failed applyKill(KillProcess const& kill) {
    auto const found = system::Process::reopen(kill.process);
    if (auto const* failure = std::get_if<system::Failure>(&found))
        return *failure;
    auto const* process = std::get_if<system::Process>(&found);
    if (process == nullptr)
        return system::Failure{"process " + textOf(kill.process) + " is gone"};
    return process->signal(SIGKILL);
}

system::Failed revertKill(KillProcess const& kill) {
    if (kill.comeback.action.empty())
        return {};
    auto const fate = fateOf(kill);
    if (auto const* failure = std::get_if<system::Failure>(&fate))
        return *failure;
    if (std::get<Fate>(fate) == Fate::LivesOn)
        return {};
    // Who killed it may have been killed at once: it is started again once it has ended.
    auto const found = system::Process::reopen(kill.process);
    auto const* process = std::get_if<system::Process>(&found);
    if (process != nullptr && !process->waitForEnd(forItsEnd))
        return system::Failure{"process " + textOf(kill.process) + " does not end"};
    // Somebody else, such as systemd, may have started it already.
    if (isBack(kill.comeback, kill.process).is == Verdict::Is::So)
        return {};
    return system::launch(kill.comeback.action);
}

Verdict isKillApplied(KillProcess const& kill) {
    auto const fate = fateOf(kill);
    if (auto const* failure = std::get_if<system::Failure>(&fate))
        return {Verdict::Is::NotYet, failure->why};
    if (std::get<Fate>(fate) != Fate::Ended)
        return {Verdict::Is::NotYet, "process " + textOf(kill.process) + " has not ended"};
    return {};
}

Verdict isKillReverted(KillProcess const& kill) {
    if (kill.comeback.action.empty())
        return {};
    auto const fate = fateOf(kill);
    if (auto const* failure = std::get_if<system::Failure>(&fate))
        return {Verdict::Is::NotYet, failure->why};
    if (std::get<Fate>(fate) == Fate::LivesOn)
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
