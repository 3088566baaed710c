#pragma once

#include <vector>

#include <sys/types.h>

#include "chaos-agent/system/own_group.hpp"
#include "chaos-agent/system/program.hpp"
#include "scenarios/vocabulary/time.hpp"

namespace shakedown::system {

/// How a program is kept that is to do a host harm, though not more than that.
struct Confinement {
    std::vector<OwnGroup> groups; // that it is born into
    Duration processorTime;       // of each of its processes; the kernel ends one that takes more
    std::string directory = "/";  // that it works in
};

/// Programs that run beside us, until somebody empties their control groups, or until we end: the
/// kernel kills each with the thread that started it (PR_SET_PDEATHSIG). They are the first to go
/// when memory is short, and have no privileges. One thread calls everything.
class Companions {
public:
    /// Done once the program runs, inside of its groups.
    Failed start(Words const& words, Confinement const& confinement);
    /// Waits for those who have ended, and for nobody else.
    void reap();

private:
    std::vector<pid_t> running_;
};

} // namespace shakedown::system
