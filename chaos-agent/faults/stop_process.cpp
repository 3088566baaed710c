#include "chaos-agent/faults/stop_process.hpp"

#include <csignal>

namespace shakedown::injectors {

namespace {
constexpr char stoppedBySignal = 'T'; // of proc(5)
}

system::Failed applyStop(StopProcess const& stop) {
    auto const found = system::Process::reopen(stop.process);
    if (auto const* failure = std::get_if<system::Failure>(&found))
        return *failure;
    auto const* process = std::get_if<system::Process>(&found);
    if (process == nullptr)
        return system::Failure{"process " + textOf(stop.process) + " is gone"};
    return process->signal(SIGSTOP);
}

system::Failed revertStop(StopProcess const& stop) {
    auto const found = system::Process::reopen(stop.process);
    if (auto const* failure = std::get_if<system::Failure>(&found))
        return *failure;
    auto const* process = std::get_if<system::Process>(&found);
    if (process == nullptr)
        return {}; // it ended, and was not ours to bring back
    return process->signal(SIGCONT);
}

Verdict isStopApplied(StopProcess const& stop) {
    auto const found = system::statOf(stop.process.number);
    if (auto const* failure = std::get_if<system::Failure>(&found))
        return {Verdict::Is::NotYet, failure->why};
    auto const* stat = std::get_if<system::ProcessStat>(&found);
    if (stat == nullptr || stat->id != stop.process)
        return {Verdict::Is::NotSo, "process " + textOf(stop.process) + " is gone"};
    if (stat->state == 'Z' || stat->state == 'X')
        return {Verdict::Is::NotSo, "process " + textOf(stop.process) + " has ended"};
    if (stat->state != stoppedBySignal)
        return {Verdict::Is::NotYet, "process " + textOf(stop.process) + " still runs"};
    return {};
}

Verdict isStopReverted(StopProcess const& stop) {
    auto const found = system::statOf(stop.process.number);
    if (auto const* failure = std::get_if<system::Failure>(&found))
        return {Verdict::Is::NotYet, failure->why};
    auto const* stat = std::get_if<system::ProcessStat>(&found);
    if (stat != nullptr && stat->id == stop.process && stat->state == stoppedBySignal)
        return {Verdict::Is::NotYet, "process " + textOf(stop.process) + " is still stopped"};
    return {};
}

protocol::PlannedStep wordsOfStop(StopProcess const& stop) {
    std::string const who = " to process " + textOf(stop.process);
    return {"SIGSTOP" + who, "SIGCONT" + who};
}

} // namespace shakedown::injectors
