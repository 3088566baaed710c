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
    if (target.container) {
        auto const found = containerOf(target);
        if (auto const* failure = std::get_if<Failure>(&found))
            return *failure;
        return std::get<containers::Sight>(found).process;
    }
    return Failure{"the configuration does not say where the process of '" + target.name
                   + "' is (pid_file, unit, container or container_label)"};
}

// The first few of them.
std::string namesOf(std::vector<std::string> const& names) {
    constexpr std::size_t few = 3;
    std::string text;
    for (std::size_t i = 0; i < std::min(few, names.size()); ++i)
        text += (i == 0 ? "" : ", ") + names[i];
    if (names.size() > few)
        text += " and " + std::to_string(names.size() - few) + " more";
    return text;
}

} // namespace

bool allows(Target const& target, std::string const& kind) {
    return std::any_of(target.kinds.begin(), target.kinds.end(),
                       [&](std::string const& one) { return one == kind || one == "all"; });
}

bool hasProcess(Target const& target) {
    return !target.pidFile.empty() || !target.unit.empty() || target.container;
}

Got<containers::Sight> containerOf(Target const& target) {
    auto const& [socket, named, label] = *target.container;
    containers::Engine const engine(socket);
    std::string name = named;
    if (name.empty()) {
        auto const names = engine.namesWith(label);
        if (auto const* failure = std::get_if<Failure>(&names))
            return *failure;
        auto const& carry = std::get<std::vector<std::string>>(names);
        if (carry.size() != 1)
            return Failure{"the label " + label + " of '" + target.name + "' is carried by "
                           + (carry.empty() ? "no running container" : namesOf(carry))
                           + "; it must be one"};
        name = carry.front();
    }
    auto found = engine.look(name);
    if (auto const* failure = std::get_if<Failure>(&found))
        return *failure;
    auto* sight = std::get_if<containers::Sight>(&found);
    if (sight == nullptr)
        return Failure{"there is no container " + name + " of '" + target.name + "'"};
    if (!sight->isRunning)
        return Failure{"container " + name + " of '" + target.name + "' does not run"};
    return std::move(*sight);
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
