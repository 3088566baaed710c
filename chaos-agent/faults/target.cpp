#include "chaos-agent/faults/target.hpp"

#include <algorithm>
#include <charconv>

#include <unistd.h>

namespace shakedown::injectors {

namespace {

using system::Failure;
using system::Got;

Got<pid_t> mainProcessOf(std::string const& unit) {
    constexpr char const* systemctl = "/usr/bin/systemctl";
    auto const got = system::run({systemctl, "show", "--property=MainPID", "--value", "--", unit},
                                 "", Duration::seconds(5));
    if (auto const* failure = std::get_if<Failure>(&got))
        return *failure;
    auto const& finished = std::get<system::Finished>(got);
    pid_t number = 0;
    std::from_chars(finished.output.data(), finished.output.data() + finished.output.size(),
                    number);
    if (finished.status != 0 || number <= 1)
        return Failure{"unit " + unit + " has no running process"};
    return number;
}

Got<pid_t> numberOf(Target const& target) {
    if (!target.pidFile.empty())
        return system::readPidFile(target.pidFile);
    if (!target.unit.empty())
        return mainProcessOf(target.unit);
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
    auto process = system::Process::open(std::get<pid_t>(number));
    if (!process)
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
    return system::NetworkNamespace::ofProcess(std::get<system::Process>(process).id().number);
}

} // namespace shakedown::injectors
