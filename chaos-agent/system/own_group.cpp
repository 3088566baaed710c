#include "chaos-agent/system/own_group.hpp"

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <csignal>
#include <filesystem>
#include <set>
#include <sstream>
#include <thread>

#include <fcntl.h>
#include <sys/stat.h>

#include "chaos-agent/system/file_text.hpp"
#include "chaos-agent/system/group_value.hpp"
#include "chaos-agent/system/process.hpp"

namespace shakedown::system {

namespace {

constexpr std::chrono::milliseconds betweenLooks{5};

// A journal that says otherwise is not believed.
Failed checkOurs(OwnGroup const& group) {
    auto const name = std::filesystem::path(group.directory).filename().string();
    if (group.directory.starts_with('/') && name.starts_with(ownGroupPrefix))
        return {};
    return Failure{group.directory + " is no control group of ours"};
}

// None, if it is not there.
Got<std::set<pid_t>> membersOf(OwnGroup const& group) {
    auto const read = readFile(group.directory + "/cgroup.procs", 1024UL * 1024);
    if (auto const* failure = std::get_if<Failure>(&read)) {
        if (failure->error == ENOENT || failure->error == ENODEV)
            return std::set<pid_t>{};
        return *failure;
    }
    std::set<pid_t> members;
    std::istringstream numbers(std::get<std::string>(read));
    for (pid_t number = 0; numbers >> number;)
        members.insert(number);
    return members;
}

// A number may have gone to another process by now: who is held, and is then still in the group,
// is the one who was meant.
Failed killMembers(OwnGroup const& group, std::set<pid_t> const& members) {
    std::vector<Process> held;
    for (pid_t const number : members) {
        auto found = Process::open(number);
        if (auto const* failure = std::get_if<Failure>(&found))
            return *failure;
        if (auto* process = std::get_if<Process>(&found))
            held.push_back(std::move(*process));
    }
    auto const still = membersOf(group);
    if (auto const* failure = std::get_if<Failure>(&still))
        return *failure;
    for (auto const& process : held)
        if (std::get<std::set<pid_t>>(still).contains(process.id().number))
            if (auto failed = process.signal(SIGKILL); failed && failed->error != ESRCH)
                return failed;
    return {};
}

// Nothing once it is empty. They may fork meanwhile, so it is done until nobody is left; kernels
// with cgroup.kill do it at once.
Failed empty(OwnGroup const& group, std::chrono::steady_clock::time_point until) {
    for (;;) {
        auto const members = membersOf(group);
        if (auto const* failure = std::get_if<Failure>(&members))
            return *failure;
        auto const& some = std::get<std::set<pid_t>>(members);
        if (some.empty())
            return {};
        if (writeValue(group.directory + "/cgroup.kill", "1"))
            if (auto failed = killMembers(group, some))
                return failed;
        if (std::chrono::steady_clock::now() >= until)
            return Failure{group.directory + ": " + std::to_string(some.size())
                               + " processes were killed and have not ended",
                           EBUSY};
        std::this_thread::sleep_for(betweenLooks);
    }
}

// The last one who was in it may not be quite out of it yet.
Failed removeGroup(OwnGroup const& group, std::chrono::steady_clock::time_point until) {
    for (;;) {
        if (::rmdir(group.directory.c_str()) == 0 || errno == ENOENT)
            return {};
        int const error = errno;
        if (error != EBUSY || std::chrono::steady_clock::now() >= until)
            return failureOf(group.directory, error);
        std::this_thread::sleep_for(betweenLooks);
    }
}

} // namespace

Failed makeGroups(std::vector<OwnGroup> const& groups) {
    for (auto const& group : groups) {
        if (auto failed = checkOurs(group))
            return failed;
        if (::mkdir(group.directory.c_str(), 0755) != 0)
            return failureOf(group.directory, errno);
        for (auto const& limit : group.limits)
            if (auto failed = writeValue(group.directory + "/" + limit.file, limit.value);
                failed && (limit.need == GroupLimit::Need::Must || failed->error != ENOENT))
                return failed;
    }
    return {};
}

Got<std::vector<Descriptor>> doorsOf(std::vector<OwnGroup> const& groups) {
    std::vector<Descriptor> doors;
    for (auto const& group : groups) {
        std::string const path = group.directory + "/cgroup.procs";
        Descriptor door(::open(path.c_str(), O_WRONLY | O_CLOEXEC));
        if (!door)
            return failureOf(path, errno);
        doors.push_back(std::move(door));
    }
    return doors;
}

Got<std::size_t> countIn(std::vector<OwnGroup> const& groups) {
    std::size_t count = 0;
    for (auto const& group : groups) {
        auto const members = membersOf(group);
        if (auto const* failure = std::get_if<Failure>(&members))
            return *failure;
        count = std::max(count, std::get<std::set<pid_t>>(members).size());
    }
    return count;
}

Failed endGroups(std::vector<OwnGroup> const& groups, Duration within) {
    auto const until = std::chrono::steady_clock::now() + std::chrono::nanoseconds(within.count());
    // Who cannot fork cannot get away, where the kernel counts processes.
    for (auto const& group : groups)
        if (!checkOurs(group))
            (void)writeValue(group.directory + "/pids.max", "0");
    Failed first;
    for (auto const& group : groups) {
        auto failed = checkOurs(group);
        if (!failed)
            failed = empty(group, until);
        if (!failed)
            failed = removeGroup(group, until);
        if (failed && !first)
            first = std::move(failed);
    }
    return first;
}

Got<bool> isAnyThere(std::vector<OwnGroup> const& groups) {
    for (auto const& group : groups) {
        struct stat found {};
        if (::lstat(group.directory.c_str(), &found) == 0)
            return true;
        if (errno != ENOENT)
            return failureOf(group.directory, errno);
    }
    return false;
}

} // namespace shakedown::system
