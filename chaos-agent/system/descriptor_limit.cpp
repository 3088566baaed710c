#include "chaos-agent/system/descriptor_limit.hpp"

#include <cerrno>
#include <charconv>
#include <set>

#include <dirent.h>
#include <sys/resource.h>

namespace shakedown::system {

namespace {

Failure failureOn(ProcessId const& id, int error) {
    return failureOf("the limits of process " + textOf(id), error);
}

// The number that was looked at is this process's as long as it lives, so it is asked afterwards.
Found<rlimit> limitOf(Process const& process) {
    rlimit limit{};
    if (prlimit(process.id().number, RLIMIT_NOFILE, nullptr, &limit) != 0) {
        if (errno == ESRCH)
            return Gone{};
        return failureOn(process.id(), errno);
    }
    if (process.isGone())
        return Gone{};
    return limit;
}

} // namespace

Found<std::uint64_t> descriptorLimitOf(ProcessId const& id) {
    auto const found = Process::reopen(id);
    if (auto const* failure = std::get_if<Failure>(&found))
        return *failure;
    if (std::holds_alternative<Gone>(found))
        return Gone{};
    auto const limit = limitOf(std::get<Process>(found));
    if (auto const* failure = std::get_if<Failure>(&limit))
        return *failure;
    if (std::holds_alternative<Gone>(limit))
        return Gone{};
    return std::get<rlimit>(limit).rlim_cur;
}

Found<std::uint64_t> changeDescriptorLimit(ProcessId const& id, std::uint64_t from,
                                           std::uint64_t to) {
    auto const found = Process::reopen(id);
    if (auto const* failure = std::get_if<Failure>(&found))
        return *failure;
    if (std::holds_alternative<Gone>(found))
        return Gone{};
    auto const now = limitOf(std::get<Process>(found));
    if (auto const* failure = std::get_if<Failure>(&now))
        return *failure;
    auto const* limit = std::get_if<rlimit>(&now);
    if (limit == nullptr)
        return Gone{};
    if (limit->rlim_cur != from)
        return limit->rlim_cur;
    rlimit const changed{to, limit->rlim_max};
    if (prlimit(id.number, RLIMIT_NOFILE, &changed, nullptr) == 0)
        return from;
    if (errno == ESRCH)
        return Gone{};
    return failureOn(id, errno);
}

Found<std::uint64_t> limitLeaving(ProcessId const& id, std::uint64_t more) {
    auto const found = Process::reopen(id);
    if (auto const* failure = std::get_if<Failure>(&found))
        return *failure;
    if (std::holds_alternative<Gone>(found))
        return Gone{};
    std::string const path = "/proc/" + std::to_string(id.number) + "/fd";
    DIR* const directory = opendir(path.c_str());
    if (directory == nullptr)
        return failureOf(path, errno);
    std::set<std::uint64_t> open;
    while (dirent const* const entry = readdir(directory)) {
        std::string_view const name = entry->d_name;
        std::uint64_t number = 0;
        if (std::from_chars(name.data(), name.data() + name.size(), number).ec == std::errc())
            open.insert(number);
    }
    closedir(directory);
    if (std::get<Process>(found).isGone())
        return Gone{};
    // The kernel gives the lowest number that is free, and none from the limit on.
    std::uint64_t limit = 0;
    for (std::uint64_t free = 0;; ++limit)
        if (!open.contains(limit) && ++free > more)
            return limit;
}

} // namespace shakedown::system
