#include <algorithm>
#include <cmath>

#include "chaos-agent/faults/plan_stress.hpp"
#include "chaos-agent/faults/stress_program.hpp"
#include "chaos-agent/system/host_load.hpp"

namespace shakedown::injectors {

namespace {

using system::GroupLimit;
using system::GroupVersion;

// More of them would disturb the scheduler rather than load it.
constexpr std::int64_t workersAProcessor = 4;
constexpr std::int64_t periodOfQuota = 100'000; // microseconds

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

Planned planCpu(protocol::Cpu const& cpu, StressScope const& scope) {
    std::int64_t const processors = system::processors();
    std::int64_t const workers = cpu.workers.value_or(processors);
    if (workers > workersAProcessor * processors)
        return system::Failure{"this host has " + std::to_string(processors) + " processors, and "
                               + std::to_string(workersAProcessor * processors)
                               + " workers at most are put on them, not "
                               + std::to_string(workers)};
    auto const room = roomFor("cpu");
    if (auto const* failure = std::get_if<system::Failure>(&room))
        return *failure;
    auto const version = std::get<system::GroupPlace>(room).version;
    auto const percent = std::max(1L, std::lround(cpu.load * 100));
    auto stress =
        planStress("cpu", scope.target, scope.duration,
                   {"--cpu", std::to_string(workers), "--cpu-load", std::to_string(percent)},
                   {{"cpu", limitsOfProcessors(version, workers, cpu.load)}}, workers);
    if (auto const* failure = std::get_if<system::Failure>(&stress))
        return *failure;
    return Plan{{std::get<Stress>(std::move(stress))}, {"processors of this host"}, false};
}

} // namespace shakedown::injectors
