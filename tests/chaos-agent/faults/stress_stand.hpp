#pragma once

#include <memory>
#include <optional>
#include <set>

#include "chaos-agent/faults/planner.hpp"

namespace shakedown::tests {

// Loads for a target that nobody else has, taken off with the stand.
class StressStand {
public:
    StressStand();
    ~StressStand();
    StressStand(StressStand const&) = delete;
    StressStand& operator=(StressStand const&) = delete;

    injectors::Planned plan(protocol::FaultKind const& what) const;
    // Nothing, with a WARN that says why, where this host cannot do it.
    std::optional<injectors::Stress> planned(protocol::FaultKind const& what) const;
    void apply(injectors::Stress const& stress);
    // Checks that it is taken back, with nothing left.
    void revert(injectors::Stress const& stress);

    std::set<pid_t> members(injectors::Stress const& stress) const;
    // That those who are in its groups took so far.
    double processorSeconds(injectors::Stress const& stress) const;

    // That those in its groups hold, as the kernel counts it there.
    std::int64_t heldBy(injectors::Stress const& stress) const;
    // That their processes have in memory.
    std::int64_t residentOf(injectors::Stress const& stress) const;
    // That they wrote so far.
    std::int64_t bytesWritten(injectors::Stress const& stress) const;

    injectors::Target target;
    injectors::Protected spared;
    system::Companions companions;
    injectors::Tools tools;

private:
    std::optional<injectors::Stress> applied_;
};

} // namespace shakedown::tests
