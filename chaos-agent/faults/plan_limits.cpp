#include "chaos-agent/faults/plan_limits.hpp"

#include <cerrno>
#include <charconv>
#include <limits>
#include <sstream>

#include <fcntl.h>
#include <unistd.h>

#include "chaos-agent/faults/victim.hpp"
#include "chaos-agent/system/capabilities.hpp"
#include "chaos-agent/system/descriptor_limit.hpp"
#include "chaos-agent/system/group_places.hpp"
#include "chaos-agent/system/group_value.hpp"
#include "chaos-agent/system/host_load.hpp"

namespace shakedown::injectors {

namespace {

using system::Failure;
using system::Got;
using system::GroupPlace;
using system::GroupVersion;

constexpr std::int64_t leastQuota = 1000; // microseconds: the kernel takes no smaller quota

// The group that would be limited must not hold who takes it back, nor who else is protected.
system::Failed checkSpared(GroupPlace const& place, std::string const& controller,
                           Target const& target, Protected const& spared) {
    auto processes = spared.processes;
    processes.push_back({getpid(), 0});
    for (auto const& one : processes) {
        auto const theirs = system::groupOf(one.number, controller);
        auto const* known = std::get_if<GroupPlace>(&theirs);
        if (known != nullptr && system::isWithin(known->path, place.path))
            return Failure{"the control group of '" + target.name + "' (" + place.path
                           + ") is the agent's too; it needs one of its own"};
    }
    return {};
}

// The control group of a target, as one may change it.
struct Ground {
    GroupVersion version = GroupVersion::Two;
    system::Folder folder;
};

Got<Ground> groundOf(Target const& target, std::string const& controller, Protected const& spared) {
    auto const victim = victimOf(target, spared);
    if (auto const* failure = std::get_if<Failure>(&victim))
        return *failure;
    auto const& process = std::get<system::Process>(victim);
    auto const got = system::groupOf(process.id().number, controller);
    if (auto const* failure = std::get_if<Failure>(&got))
        return *failure;
    auto const& place = std::get<GroupPlace>(got);
    if (process.isGone())
        return Failure{"process " + textOf(process.id()) + " of '" + target.name + "' has ended"};
    if (auto const failed = checkSpared(place, controller, target, spared))
        return *failed;
    auto const folder = system::lookAtFolder(place.directory);
    if (auto const* failure = std::get_if<Failure>(&folder))
        return *failure;
    return Ground{place.version, std::get<system::Folder>(folder)};
}

Got<std::string> valueOn(Ground const& ground, std::string const& file) {
    if (faccessat(AT_FDCWD, (ground.folder.path + "/" + file).c_str(), W_OK, AT_EACCESS) != 0)
        return Failure{system::failureOf(ground.folder.path + "/" + file, errno).why
                       + " (under the unit shipped, see limits.conf)"};
    auto const value = system::valueIn(ground.folder, file);
    if (auto const* failure = std::get_if<Failure>(&value))
        return *failure;
    auto const* text = std::get_if<std::string>(&value);
    return text == nullptr ? Got<std::string>(Failure{ground.folder.path + " is gone"}) : *text;
}

// "max" and -1 are no limit.
std::int64_t limitIn(std::string const& text) {
    std::int64_t number = 0;
    auto const [rest, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    return error != std::errc() || number < 0 ? std::numeric_limits<std::int64_t>::max() : number;
}

// How a quota is written, and what it is now: a period and what of it is given.
struct Quota {
    std::string file;
    std::string before;
    std::int64_t given = 0;
    std::int64_t period = 0;

    std::string valueOf(std::int64_t quota) const {
        std::string const text = std::to_string(quota);
        return file == "cpu.max" ? text + " " + std::to_string(period) : text;
    }
};

Got<Quota> quotaOn(Ground const& ground) {
    bool const isOne = ground.version == GroupVersion::One;
    Quota quota;
    quota.file = isOne ? "cpu.cfs_quota_us" : "cpu.max";
    auto const value = valueOn(ground, quota.file);
    if (auto const* failure = std::get_if<Failure>(&value))
        return *failure;
    quota.before = std::get<std::string>(value);
    quota.given = limitIn(quota.before);
    auto const period = isOne ? valueOn(ground, "cpu.cfs_period_us") : value;
    if (auto const* failure = std::get_if<Failure>(&period))
        return *failure;
    auto const& text = std::get<std::string>(period);
    quota.period = limitIn(text.substr(isOne ? 0 : text.find(' ') + 1));
    return quota;
}

std::string claimOf(char const* what, Ground const& ground) {
    return what + (" of control group " + ground.folder.path);
}

} // namespace

Planned planQuota(protocol::CpuQuota const& quota, Target const& target, Protected const& spared) {
    auto const ground = groundOf(target, "cpu", spared);
    if (auto const* failure = std::get_if<Failure>(&ground))
        return *failure;
    auto const& [version, folder] = std::get<Ground>(ground);
    auto const got = quotaOn(std::get<Ground>(ground));
    if (auto const* failure = std::get_if<Failure>(&got))
        return *failure;
    auto const& now = std::get<Quota>(got);
    auto const wanted = quota.millicores * now.period / 1000;
    if (wanted < leastQuota)
        return Failure{"of a period of " + std::to_string(now.period) + " us, "
                       + std::to_string(quota.millicores)
                       + " millicores are less than the kernel gives"};
    if (quota.millicores >= 1000L * system::processors())
        return Failure{"this host has " + std::to_string(system::processors())
                       + " processors: a quota of " + std::to_string(quota.millicores)
                       + " millicores takes nothing from anybody"};
    if (wanted >= now.given)
        return Failure{"the control group of '" + target.name + "' has a quota of "
                       + std::to_string(now.given) + " us in " + std::to_string(now.period)
                       + " us already, which is no more than " + std::to_string(quota.millicores)
                       + " millicores"};
    return Plan{{ChangeGroup{folder, now.file, now.before, now.valueOf(wanted)}},
                {claimOf("processors", std::get<Ground>(ground))},
                false};
}

Planned planProcesses(protocol::Processes const& processes, Target const& target,
                      Protected const& spared) {
    auto const ground = groundOf(target, "pids", spared);
    if (auto const* failure = std::get_if<Failure>(&ground))
        return *failure;
    auto const& folder = std::get<Ground>(ground).folder;
    auto const most = valueOn(std::get<Ground>(ground), "pids.max");
    if (auto const* failure = std::get_if<Failure>(&most))
        return *failure;
    auto const count = system::valueIn(folder, "pids.current");
    auto const* number = std::get_if<std::string>(&count);
    if (number == nullptr)
        return Failure{folder.path + " does not say how many processes are in it"};
    auto const wanted = limitIn(*number) + processes.leave;
    auto const& before = std::get<std::string>(most);
    if (wanted >= limitIn(before))
        return Failure{"the control group of '" + target.name + "' may have " + before
                       + " processes and has " + *number + ": " + std::to_string(processes.leave)
                       + " more are not less than it could have"};
    return Plan{{ChangeGroup{folder, "pids.max", before, std::to_string(wanted)}},
                {claimOf("processes", std::get<Ground>(ground))},
                false};
}

Planned planDescriptors(protocol::FileDescriptors const& descriptors, Target const& target,
                        Protected const& spared) {
    auto const victim = victimOf(target, spared);
    if (auto const* failure = std::get_if<Failure>(&victim))
        return *failure;
    auto const& id = std::get<system::Process>(victim).id();
    auto const now = system::descriptorLimitOf(id);
    if (auto const* failure = std::get_if<Failure>(&now))
        return Failure{failure->why + "; for other users' processes that needs "
                       + nameOf(system::Privilege::SysResource)
                       + " (under the unit shipped, see limits.conf)"};
    auto const wanted = system::limitLeaving(id, static_cast<std::uint64_t>(descriptors.leave));
    if (auto const* failure = std::get_if<Failure>(&wanted))
        return Failure{failure->why + "; for other users' processes that needs "
                       + nameOf(system::Privilege::Ptrace)
                       + " (under the unit shipped, see limits.conf)"};
    auto const* before = std::get_if<std::uint64_t>(&now);
    auto const* during = std::get_if<std::uint64_t>(&wanted);
    if (before == nullptr || during == nullptr)
        return Failure{"process " + textOf(id) + " of '" + target.name + "' has ended"};
    if (*during >= *before)
        return Failure{"process " + textOf(id) + " of '" + target.name + "' may have "
                       + std::to_string(*before) + " descriptors, so it cannot open "
                       + std::to_string(descriptors.leave) + " more as it is"};
    return Plan{
        {LimitDescriptors{id, *before, *during}}, {"descriptors of process " + textOf(id)}, false};
}

} // namespace shakedown::injectors
