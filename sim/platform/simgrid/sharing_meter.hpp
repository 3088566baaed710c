#pragma once

#include <vector>

#include "scenarios/vocabulary/time.hpp"
#include "sim/platform/machines.hpp"

namespace shakedown::platform {

/// Who used how much of one machine. With n pieces of work on c cores each gets min(1, c / n) of a
/// core, so one integral of that share serves all processes: what a process with k pieces got since
/// its last change is k times its growth.
class SharingMeter {
public:
    explicit SharingMeter(int cores) : cores_(cores) {}

    /// A process that stands on the machine; gives its number there.
    std::size_t addProcess();
    /// One more piece of work of the process (or one less, `by` -1) from `now` on.
    void change(std::size_t process, int by, SimTime now);
    Use useBy(std::size_t process, SimTime now) const;
    Use use(SimTime now) const;

private:
    struct Process {
        int pieces = 0;
        double shareSince = 0; // the integrals at its last change
        SimTime since;
        Use use;
    };
    double shareAt(SimTime now) const;
    Use grown(Process const& process, SimTime now) const;

    int cores_;
    int pieces_ = 0;
    double share_ = 0; // seconds a lone piece would have got, up to `updated_`
    SimTime updated_;
    Use use_;
    std::vector<Process> processes_;
};

} // namespace shakedown::platform
