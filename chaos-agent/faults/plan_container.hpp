#pragma once

#include "chaos-agent/faults/planner.hpp"

/// Faults of a container as a whole. Refused where the agent itself runs in it. All but planStop
/// expect a target with a container.
namespace shakedown::injectors {

/// All its processes are frozen. Refused if they are already: somebody else did that.
Planned planPause(Target const& target, Protected const& spared);
/// It is killed and started again at the end. Refused for one that is removed when it ends.
Planned planContainerCrash(Target const& target, Protected const& spared);
/// It is killed, for good.
Planned planContainerKill(Target const& target, Protected const& spared);
/// It is told to stop, and started again at the end. Refused for one that is removed when it ends,
/// and for a target that is no container.
Planned planStop(protocol::Stop const& stop, Target const& target, Protected const& spared);
Planned planContainerRestart(Target const& target, Protected const& spared);

} // namespace shakedown::injectors
