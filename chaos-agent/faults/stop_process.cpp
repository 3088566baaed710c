#include "chaos-agent/faults/stop_process.hpp"

#include <csignal>

namespace shakedown::injectors {

system::Failed applyStop(StopProcess const& stop) {
    auto const process = system::Process::reopen(stop.process);
    if (!process)
        return system::Failure{"process " + textOf(stop.process) + " is gone"};
    return process->signal(SIGSTOP);
}

system::Failed revertStop(StopProcess const& stop) {
    auto const process = system::Process::reopen(stop.process);
    if (!process)
        return {}; // it ended, and was not ours to bring back
    return process->signal(SIGCONT);
}

Verdict isStopApplied(StopProcess const& stop) {
    auto const process = system::Process::reopen(stop.process);
    if (!process)
        return {Verdict::Is::NotSo, "process " + textOf(stop.process) + " is gone"};
    if (!process->isStopped())
        return {Verdict::Is::NotYet, "process " + textOf(stop.process) + " still runs"};
    return {};
}

Verdict isStopReverted(StopProcess const& stop) {
    auto const process = system::Process::reopen(stop.process);
    if (process && process->isStopped())
        return {Verdict::Is::NotYet, "process " + textOf(stop.process) + " is still stopped"};
    return {};
}

protocol::PlannedStep wordsOfStop(StopProcess const& stop) {
    std::string const who = " to process " + textOf(stop.process);
    return {"SIGSTOP" + who, "SIGCONT" + who};
}

} // namespace shakedown::injectors
