#pragma once

#include "chaos-agent/faults/planner.hpp"

/// Faults that take what a target shares with others on its host: each in a file, plan_stress_*.
namespace shakedown::injectors {

/// What a stress is planned by.
struct StressScope {
    Duration duration; // of the fault
    Target const& target;
    Protected const& spared;
};

/// Workers that keep processors busy.
Planned planCpu(protocol::Cpu const& cpu, StressScope const& scope);
/// Memory that is held. Refused where less would stay available than the agent keeps.
Planned planMemory(protocol::Memory const& memory, StressScope const& scope);
/// Files that are written and read, in a directory of our own where the target's configuration
/// lets a disk be filled, and as large as it allows.
Planned planIo(protocol::Io const& io, StressScope const& scope);

/// What stays available of so much memory unless the configuration says otherwise.
Bytes keptOf(Bytes memory);

} // namespace shakedown::injectors
