#pragma once

#include <string>

#include "chaos-agent/system/descriptor.hpp"
#include "chaos-agent/system/failure.hpp"
#include "chaos-agent/system/process.hpp"

namespace shakedown::safety {

/// The agent's end of the line to its watchdog: a process of its own, in a session of its own, that
/// runs this program again.
class Watchman {
public:
    /// Starts one: PROGRAM watchdog --state-directory DIR --line N --agent PID.
    static system::Got<Watchman> start(std::string const& program,
                                       std::string const& stateDirectory);

    /// "I live." Never waits.
    void beat() const;
    /// It still lives, and is not stopped. Its end leaves nothing to wait for.
    bool lives() const;
    system::ProcessId const& process() const { return process_; }

private:
    Watchman(system::Descriptor line, system::ProcessId process)
        : line_(std::move(line)), process_(process) {}

    system::Descriptor line_;
    system::ProcessId process_;
};

} // namespace shakedown::safety
