#include "chaos-agent/safety/tenure.hpp"

#include <cerrno>
#include <chrono>
#include <filesystem>
#include <thread>

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>

namespace shakedown::safety {

StateFiles filesIn(std::string const& directory) {
    return {directory + "/journal.sqlite", directory + "/audit.jsonl", directory + "/agent.lock"};
}

system::Got<Tenure> Tenure::take(std::string const& directory, Duration patience) {
    if (::mkdir(directory.c_str(), 0700) != 0 && errno != EEXIST)
        return system::failureOf("state directory " + directory, errno);
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
