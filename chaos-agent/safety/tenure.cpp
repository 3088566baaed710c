#include "chaos-agent/safety/tenure.hpp"

#include <cerrno>
#include <chrono>
#include <filesystem>
#include <thread>

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>

namespace shakedown::safety {

namespace {

system::Failed checkOwner(std::string const& directory) {
    system::Descriptor const opened(::open(directory.c_str(), O_PATH | O_DIRECTORY | O_CLOEXEC));
    struct stat found {};
    if (!opened || fstat(opened.number(), &found) != 0)
        return system::failureOf("state directory " + directory, errno);
    if ((found.st_uid == 0 || found.st_uid == geteuid())
        && (found.st_mode & (S_IWGRP | S_IWOTH)) == 0)
        return {};
    return system::Failure{
        "state directory " + directory
        + " can be written by others than root and the agent's user, and its"
          " journal names programs that the agent runs; chown and chmod go-w it"};
}

} // namespace

StateFiles filesIn(std::string const& directory) {
    return {directory + "/journal.sqlite", directory + "/audit.jsonl", directory + "/agent.lock"};
}

system::Got<Tenure> Tenure::take(std::string const& directory, Duration patience) {
    if (::mkdir(directory.c_str(), 0700) != 0 && errno != EEXIST)
        return system::failureOf("state directory " + directory, errno);
    if (auto failed = checkOwner(directory))
        return *failed;
    std::string const path = filesIn(directory).lock;
    system::Descriptor lock(::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600));
    if (!lock)
        return system::failureOf(path, errno);
    constexpr std::chrono::milliseconds step{20};
    auto const tries = 1 + patience.count() / Duration::milliseconds(step.count()).count();
    for (std::int64_t i = 0; i < tries; ++i) {
        if (flock(lock.number(), LOCK_EX | LOCK_NB) == 0)
            return Tenure(std::move(lock));
        if (errno != EWOULDBLOCK && errno != EINTR)
            return system::failureOf(path, errno);
        std::this_thread::sleep_for(step);
    }
    return system::Failure{"another agent, or its watchdog, is at work in " + directory};
}

} // namespace shakedown::safety
