#include "chaos-agent/faults/target.hpp"

#include <algorithm>

#include "chaos-agent/system/unit.hpp"

namespace shakedown::injectors {

namespace {

using system::Failure;
using system::Got;

Got<pid_t> numberOf(Target const& target) {
    if (!target.pidFile.empty())
        return system::readPidFile(target.pidFile);
    if (!target.unit.empty())
        return system::mainProcessOf(target.unit);
    return Failure{"the configuration does not say where the process of '" + target.name
                   + "' is (pid_file or unit)"};
}

} // namespace

bool allows(Target const& target, std::string const& kind) {
    return std::any_of(target.kinds.begin(), target.kinds.end(),
                       [&](std::string const& one) { return one == kind || one == "all"; });
}

bool hasProcess(Target const& target) {
    return !target.pidFile.empty() || !target.unit.empty();
}

Got<system::Process> processOf(Target const& target) {
    auto const number = numberOf(target);
    if (auto const* failure = std::get_if<Failure>(&number))
        return *failure;
    auto found = system::Process::open(std::get<pid_t>(number));
    if (auto const* failure = std::get_if<Failure>(&found))
        return *failure;
    auto* process = std::get_if<system::Process>(&found);
    if (process == nullptr)
        return Failure{"process " + std::to_string(std::get<pid_t>(number)) + " of '" + target.name
                       + "' does not run"};
    return std::move(*process);
}

Got<system::NetworkNamespace> placeOf(Target const& target) {
    if (!target.networkNamespace.empty())
        return system::NetworkNamespace::named(target.networkNamespace);
    if (!hasProcess(target))
        return system::NetworkNamespace::own();
    auto const process = processOf(target);
    if (auto const* failure = std::get_if<Failure>(&process))
        return *failure;
    return placeOf(target, std::get<system::Process>(process));
}

Got<system::NetworkNamespace> placeOf(Target const& target, system::Process const& process) {
    if (!target.networkNamespace.empty())
        return system::NetworkNamespace::named(target.networkNamespace);
    return system::NetworkNamespace::ofProcess(process.id().number);
}

} // namespace shakedown::injectors
