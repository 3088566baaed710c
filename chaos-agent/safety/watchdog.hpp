#pragma once

#include <string>

#include <sys/types.h>

#include "scenarios/vocabulary/time.hpp"

namespace shakedown::safety {

struct WatchSettings {
    std::string stateDirectory;
    int line = -1;   // the agent beats on it; its end is the agent's end
    pid_t agent = 0; // ended when it is silent
    /// An agent that is silent for so long while faults are at work is ended: it may be stopped,
    /// and could go on in the middle of a step at any time.
    Duration silence = Duration::seconds(3);
};

/// Watches the agent until it ends, and then takes back what it left. Counts only time in which it
/// ran itself, so that a host that slept does not look like a silent agent.
/// 0: nothing is left; 6: something is stuck; 1: the journal cannot be read.
int watch(WatchSettings const& settings);

/// Takes back everything that a journal holds, as the watchdog does and as an operator can by hand.
/// Gives up on what is stuck after `patience`. The same results as `watch`.
int takeBack(std::string const& stateDirectory, Duration patience);

} // namespace shakedown::safety
