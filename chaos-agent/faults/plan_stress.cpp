#include "chaos-agent/faults/plan_stress.hpp"

#include <algorithm>
#include <cmath>

#include <unistd.h>

#include "chaos-agent/faults/group_room.hpp"
#include "chaos-agent/system/host_load.hpp"

namespace shakedown::injectors {

namespace {

using system::Failure;
using system::GroupLimit;
using system::GroupVersion;

// More of them would be a disturbance of the scheduler rather than load.
constexpr std::int64_t workersAProcessor = 4;
constexpr std::int64_t periodOfQuota = 100'000; // microseconds

std::int64_t secondsOf(Duration duration) {
    return static_cast<std::int64_t>(std::ceil(duration.inSeconds()));
}

// A margin, so that it does not end before it is taken back.
constexpr std::int64_t secondsMore = 2;

// What every stress has: an end of its own, whoever is dead then, and no second try of a worker
// that the kernel ended for want of memory.
system::Words wordsFor(Duration duration, system::Words does) {
    system::Words words{stressProgram(), "--quiet", "--oomable", "--timeout",
                        std::to_string(secondsOf(duration) + secondsMore) + "s"};
    words.insert(words.end(), std::make_move_iterator(does.begin()),
                 std::make_move_iterator(does.end()));
    return words;
}

system::Failed checkProgram() {
    if (stressProgram().empty())
        return Failure{"there is no stress-ng on this host (package stress-ng)"};
    return {};
}

// A worker may have a process beside it, and the program some for itself.
std::vector<GroupLimit> limitOfProcesses(std::int64_t workers) {
    return {{"pids.max", std::to_string(3 * workers + 8)}};
}

// What they may take of all processors, and as much weight against others as so many processes
// would have on their own.
std::vector<GroupLimit> limitsOfProcessors(GroupVersion version, std::int64_t workers,
                                           double load) {
    auto const quota = std::to_string(std::llround(
        std::max(0.01, static_cast<double>(workers) * load) * static_cast<double>(periodOfQuota)));
    auto const period = std::to_string(periodOfQuota);
    if (version == GroupVersion::One)
        return {{"cpu.cfs_period_us", period},
                {"cpu.cfs_quota_us", quota},
                {"cpu.shares", std::to_string(std::min<std::int64_t>(1024 * workers, 262'144))}};
    return {{"cpu.max", quota + " " + period},
            {"cpu.weight", std::to_string(std::min<std::int64_t>(100 * workers, 10'000))}};
}

} // namespace

std::string stressProgram() {
    for (auto const* path : {"/usr/bin/stress-ng", "/usr/local/bin/stress-ng"})
        if (access(path, X_OK) == 0)
            return path;
    return "";
}

Planned planCpu(protocol::Cpu const& cpu, StressScope const& scope) {
    if (auto const failed = checkProgram())
        return *failed;
    std::int64_t const processors = system::processors();
    std::int64_t const workers = cpu.workers.value_or(processors);
    if (workers > workersAProcessor * processors)
        return Failure{"this host has " + std::to_string(processors) + " processors, and "
                       + std::to_string(workersAProcessor * processors)
                       + " workers at most are put on them, not " + std::to_string(workers)};
    auto const room = roomFor("cpu");
    if (auto const* failure = std::get_if<Failure>(&room))
        return *failure;
    auto const version = std::get<system::GroupPlace>(room).version;
    auto groups = planGroups(ownNameOf("cpu", scope.target),
                             {{"cpu", limitsOfProcessors(version, workers, cpu.load)},
                              {"pids", limitOfProcesses(workers)}});
    if (auto const* failure = std::get_if<Failure>(&groups))
        return *failure;
    auto const percent = std::max(1L, std::lround(cpu.load * 100));
    Stress stress;
    stress.groups = std::get<std::vector<system::OwnGroup>>(std::move(groups));
    stress.words = wordsFor(
        scope.duration, {"--cpu", std::to_string(workers), "--cpu-load", std::to_string(percent)});
    stress.processorTime = Duration::seconds(secondsOf(scope.duration) + secondsMore);
    stress.processes = static_cast<std::size_t>(workers) + 1;
    return Plan{{std::move(stress)}, {"processors of this host"}, false};
}

} // namespace shakedown::injectors
