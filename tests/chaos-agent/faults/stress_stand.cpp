#include "tests/chaos-agent/faults/stress_stand.hpp"

#include <algorithm>
#include <fstream>
#include <sstream>

#include <catch2/catch.hpp>
#include <unistd.h>

#include "chaos-agent/system/file_text.hpp"
#include "chaos-agent/system/group_memory.hpp"
#include "tests/chaos-agent/faults/own_groups.hpp"
#include "tests/chaos-agent/system/child.hpp"

namespace shakedown::tests {

using namespace shakedown::injectors;

StressStand::StressStand() {
    target.name = freshPath("stress").filename().string();
    target.kinds = {"all"};
    tools.companions = &companions;
}

StressStand::~StressStand() {
    if (applied_) {
        (void)injectors::revert(*applied_, tools);
    }
}

Planned StressStand::plan(protocol::FaultKind const& what) const {
    protocol::FaultRequest request;
    request.what = what;
    request.target = target.name;
    request.duration = Duration::seconds(20);
    return planOf(request, {{target.name, target}}, spared);
}

std::optional<Stress> StressStand::planned(protocol::FaultKind const& what) const {
    auto const got = plan(what);
    if (auto const* failure = std::get_if<system::Failure>(&got)) {
        WARN("skipped: " << failure->why);
        return {};
    }
    return std::get<Stress>(std::get<Plan>(got).steps.back());
}

void StressStand::apply(Stress const& stress) {
    applied_ = stress;
    auto const failed = injectors::apply(stress, Duration::seconds(5), tools);
    INFO((failed ? failed->why : ""));
    REQUIRE_FALSE(failed);
}

void StressStand::revert(Stress const& stress) {
    CHECK_FALSE(injectors::revert(stress, tools));
    CHECK(isReverted(stress, tools).is == Verdict::Is::So);
    CHECK(ownGroupsState(target).empty());
    applied_.reset();
}

std::set<pid_t> StressStand::members(Stress const& stress) const {
    std::ifstream procs(stress.groups.front().directory + "/cgroup.procs");
    std::set<pid_t> members;
    for (pid_t number = 0; procs >> number;) {
        members.insert(number);
    }
    return members;
}

double StressStand::processorSeconds(Stress const& stress) const {
    double ticks = 0;
    for (auto const member : members(stress)) {
        auto const read = system::readFile("/proc/" + std::to_string(member) + "/stat");
        auto const* text = std::get_if<std::string>(&read);
        if (text == nullptr) {
            continue;
        }
        std::istringstream fields(text->substr(text->rfind(')') + 1));
        std::string skipped;
        constexpr int beforeTimes = 11; // utime and stime are fields 14 and 15 (proc(5))
        for (int i = 0; i < beforeTimes; ++i) {
            fields >> skipped;
        }
        double user = 0;
        double system = 0;
        fields >> user >> system;
        ticks += user + system;
    }
    return ticks / static_cast<double>(sysconf(_SC_CLK_TCK));
}

std::int64_t StressStand::heldBy(Stress const& stress) const {
    std::int64_t most = 0;
    for (auto const& group : stress.groups) {
        most = std::max(most, system::heldIn(group.directory).count());
    }
    return most;
}

std::int64_t StressStand::residentOf(Stress const& stress) const {
    std::int64_t pages = 0;
    for (auto const member : members(stress)) {
        std::ifstream counts("/proc/" + std::to_string(member) + "/statm");
        std::int64_t size = 0;
        std::int64_t resident = 0;
        if (counts >> size >> resident) {
            pages += resident;
        }
    }
    return pages * sysconf(_SC_PAGESIZE);
}

std::int64_t StressStand::bytesWritten(Stress const& stress) const {
    std::int64_t sum = 0;
    for (auto const member : members(stress)) {
        std::ifstream lines("/proc/" + std::to_string(member) + "/io");
        std::string name;
        std::int64_t count = 0;
        while (lines >> name >> count) {
            sum += name == "wchar:" ? count : 0;
        }
    }
    return sum;
}

} // namespace shakedown::tests
