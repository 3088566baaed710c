#include "chaos-agent/faults/stress_program.hpp"

#include <cmath>

#include <unistd.h>

namespace shakedown::injectors {

namespace {

// So that it does not end before it is taken back.
constexpr std::int64_t secondsMore = 2;

std::int64_t secondsOf(Duration duration) {
    return static_cast<std::int64_t>(std::ceil(duration.inSeconds())) + secondsMore;
}

// A worker may have processes beside it, and the program some for itself.
std::string mostProcesses(std::int64_t workers) {
    return std::to_string(3 * workers + 8);
}

} // namespace

std::string stressProgram() {
    for (auto const* path : {"/usr/bin/stress-ng", "/usr/local/bin/stress-ng"})
        if (access(path, X_OK) == 0)
            return path;
    return "";
}

system::Got<Stress> planStress(std::string const& kind, Target const& target, Duration duration,
                               system::Words const& does, GroupLimits limits,
                               std::int64_t workers) {
    std::string const program = stressProgram();
    if (program.empty())
        return system::Failure{"there is no stress-ng on this host (package stress-ng)"};
    limits["pids"] = {{"pids.max", mostProcesses(workers)}};
    auto groups = planGroups(ownNameOf(kind, target), limits);
    if (auto const* failure = std::get_if<system::Failure>(&groups))
        return *failure;
    Stress stress;
    stress.groups = std::get<std::vector<system::OwnGroup>>(std::move(groups));
    stress.words = {program, "--quiet", "--oomable", "--timeout",
                    std::to_string(secondsOf(duration)) + "s"};
    stress.words.insert(stress.words.end(), does.begin(), does.end());
    stress.directory = "/tmp"; // it wants one that it could write to
    stress.processorTime = Duration::seconds(secondsOf(duration));
    stress.processes = static_cast<std::size_t>(workers) + 1;
    return stress;
}

} // namespace shakedown::injectors
