#pragma once

#include <compare>
#include <cstdint>
#include <string>

#include <sys/types.h>

#include "chaos-agent/system/descriptor.hpp"
#include "chaos-agent/system/failure.hpp"
#include "scenarios/vocabulary/time.hpp"

namespace shakedown::system {

/// A process for good: its number alone is given to another one sooner or later, so the time it
/// began belongs to it, in clock ticks since boot (field 22 of /proc/PID/stat, proc(5)).
struct ProcessId {
    pid_t number = 0;
    std::uint64_t began = 0;
    friend auto operator<=>(ProcessId const&, ProcessId const&) = default;
};

/// "4242 (began at tick 99)".
std::string textOf(ProcessId const& id);

/// What /proc/PID/stat says.
struct ProcessStat {
    ProcessId id;
    std::string name;        // at most 15 bytes, as the kernel keeps it
    char state = '?';        // R S D T t Z X I
    std::uint64_t flags = 0; // PF_... of the kernel
};

Found<ProcessStat> statOf(pid_t number);

/// A process held by a pidfd (pidfd_open(2)): what is done to it reaches it or nobody.
class Process {
public:
    /// Gone too if it has ended and was not waited for.
    static Found<Process> open(pid_t number);
    /// The very same process.
    static Found<Process> reopen(ProcessId const& id);

    ProcessId const& id() const { return id_; }
    Failed signal(int number) const;
    /// It has ended.
    bool isGone() const;
    /// It cannot live on: it is ending, or a SIGKILL is on its way to it.
    bool isDoomed() const;
    /// Waits until it has ended; false if it has not by then.
    bool waitForEnd(Duration within) const;
    /// Stopped by a signal; a tracer's stop is not one.
    bool isStopped() const;

private:
    Process(Descriptor descriptor, ProcessId id) : descriptor_(std::move(descriptor)), id_(id) {}

    Descriptor descriptor_;
    ProcessId id_;
};

/// The number in a file that a daemon wrote: digits and white space, above 1. A file of another
/// user than root and ours is believed for processes of that user only, so that nobody leads us to
/// what he could not touch himself; no link is followed.
Got<pid_t> readPidFile(std::string const& path);

} // namespace shakedown::system
