#pragma once

#include "chaos-agent/faults/planner.hpp"

namespace shakedown::injectors {

/// What a stress is planned by.
struct StressScope {
    Duration duration; // of the fault: the program ends by itself soon after
    Target const& target;
    Protected const& spared;
};

/// Where the program is that does it (stress-ng(1)); empty if this host has none.
std::string stressProgram();

/// Workers that keep processors busy.
Planned planCpu(protocol::Cpu const& cpu, StressScope const& scope);

} // namespace shakedown::injectors
