#pragma once

#include <atomic>
#include <string>
#include <vector>

#include "chaos-agent/conduct/programme.hpp"

namespace shakedown::conduct {

inline constexpr int steadyRounds = 3;

struct SteadyCheck {
    bool isSteady = false;
    int rounds = 0;                 // that were asked
    std::vector<std::string> wrong; // of the last round: which probe saw what
    bool isInterrupted = false;
};

/// Asks all probes at once, round after round, until three rounds in a row were good, as many as
/// may be bad before were, or `stop` is set. Without probes all is steady.
SteadyCheck checkSteady(std::vector<ProgrammeProbe> const& probes, int badRoundsAtMost,
                        std::atomic<bool> const& stop);

} // namespace shakedown::conduct
