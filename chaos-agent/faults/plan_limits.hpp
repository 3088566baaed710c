#pragma once

#include "chaos-agent/faults/planner.hpp"

/// Faults that leave a target less than it has: never more, and never the agent.
namespace shakedown::injectors {

/// Of the processors, for the control group of its process.
Planned planQuota(protocol::CpuQuota const& quota, Target const& target, Protected const& spared);
/// Of processes, for the same.
Planned planProcesses(protocol::Processes const& processes, Target const& target,
                      Protected const& spared);
/// Of descriptors, for its process.
Planned planDescriptors(protocol::FileDescriptors const& descriptors, Target const& target,
                        Protected const& spared);

} // namespace shakedown::injectors
