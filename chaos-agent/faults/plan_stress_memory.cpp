#include <algorithm>

#include "chaos-agent/faults/plan_stress.hpp"
#include "chaos-agent/faults/stress_program.hpp"
#include "chaos-agent/system/group_memory.hpp"
#include "chaos-agent/system/host_load.hpp"
#include "scenarios/vocabulary/quantity_text.hpp"

namespace shakedown::injectors {

namespace {

using system::Failure;
using system::Got;
using system::GroupLimit;
using system::GroupVersion;

constexpr std::int64_t mebi = 1LL << 20;
constexpr std::int64_t gibi = 1LL << 30;
// What the program needs beside what it holds: itself, and each worker.
constexpr std::int64_t forItself = 64 * mebi;
constexpr std::int64_t forWorker = 16 * mebi;
constexpr std::int64_t leastHeld = 8 * mebi;

// In steps, so that a plan and a start a moment later are the same.
std::int64_t inSteps(std::int64_t bytes, std::int64_t total) {
    constexpr std::int64_t steps = 100;
    auto const step = std::max(mebi, total / steps);
    return bytes / step * step;
}

// A worker fills a gibibyte in less than a second; more of them, up to one a processor, fill more.
std::int64_t workersFor(std::int64_t bytes) {
    return std::clamp<std::int64_t>(bytes / gibi, 1, system::processors());
}

// The kernel ends the stress, and it alone, if it takes more than it should. None of it is swapped
// out: what is held is held in memory.
std::vector<GroupLimit> limitsOfMemory(GroupVersion version, std::int64_t bytes) {
    using Need = GroupLimit::Need;
    auto const most = std::to_string(bytes);
    if (version == GroupVersion::One)
        return {{"memory.limit_in_bytes", most},
                {"memory.memsw.limit_in_bytes", most, Need::IfThere},
                {"memory.swappiness", "0", Need::IfThere}};
    return {{"memory.max", most},
            {"memory.swap.max", "0", Need::IfThere},
            {"memory.oom.group", "1", Need::IfThere}};
}

// What is available here, and what of it is kept.
struct Supply {
    Bytes available;
    Bytes total;
    Bytes kept;
};

Got<Supply> supplyFor(StressScope const& scope, system::GroupPlace const& room) {
    auto const got = system::memoryOfHost();
    if (auto const* failure = std::get_if<Failure>(&got))
        return *failure;
    auto const& host = std::get<system::HostMemory>(got);
    return Supply{std::min(host.available, system::headroomOf(room)), host.total,
                  scope.spared.memory.value_or(keptOf(host.total))};
}

system::Failed checkSupply(std::int64_t wanted, Supply const& supply) {
    auto const most = supply.available.count() - supply.kept.count() - forItself;
    if (wanted < leastHeld)
        return Failure{"a share of " + toText(supply.available)
                       + " that are available is less than " + toText(Bytes::of(leastHeld))};
    if (wanted <= most)
        return {};
    return Failure{
        "of memory " + toText(supply.available) + " are available and " + toText(supply.kept)
        + " of them are kept (keep_free_memory_bytes), so " + toText(Bytes::of(wanted))
        + " cannot be held; "
        + (most < leastHeld ? "nothing can" : toText(Bytes::of(inSteps(most, mebi))) + " can")};
}

} // namespace

Bytes keptOf(Bytes memory) {
    constexpr std::int64_t keptAtLeast = 256 * mebi;
    return Bytes::of(std::max(keptAtLeast, memory.count() / 10));
}

Planned planMemory(protocol::Memory const& memory, StressScope const& scope) {
    auto const room = roomFor("memory");
    if (auto const* failure = std::get_if<Failure>(&room))
        return *failure;
    auto const got = supplyFor(scope, std::get<system::GroupPlace>(room));
    if (auto const* failure = std::get_if<Failure>(&got))
        return *failure;
    auto const& supply = std::get<Supply>(got);
    auto const share = static_cast<std::int64_t>(memory.share.value_or(0)
                                                 * static_cast<double>(supply.available.count()));
    auto const bytes = memory.bytes ? memory.bytes->count() : inSteps(share, supply.total.count());
    if (auto const failed = checkSupply(bytes, supply))
        return *failed;
    auto const workers = workersFor(bytes);
    auto const version = std::get<system::GroupPlace>(room).version;
    auto planned = planStress(
        "memory", scope.target, scope.duration,
        {"--vm", std::to_string(workers), "--vm-bytes", std::to_string(bytes) + "b", "--vm-keep",
         "--vm-hang", "0", "--vm-populate", "--vm-method", "write64", "--no-madvise"},
        {{"memory", limitsOfMemory(version, bytes + forItself + workers * forWorker)}}, workers);
    if (auto const* failure = std::get_if<Failure>(&planned))
        return *failure;
    auto& stress = std::get<Stress>(planned);
    stress.memory = Bytes::of(bytes);
    return Plan{{std::move(stress)}, {"memory of this host"}, false};
}

} // namespace shakedown::injectors
