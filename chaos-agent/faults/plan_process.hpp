#pragma once

#include "chaos-agent/faults/planner.hpp"

namespace shakedown::injectors {

/// Its process as it is now, if we may send signals to it. Refused for who is protected.
system::Got<system::Process> victimOf(Target const& target, Protected const& spared);

/// Its process stops. Refused if it is stopped already: somebody else did that.
Planned planHang(Target const& target, Protected const& spared);
/// Its process dies and comes back at the end; so there must be an action `start`.
Planned planCrash(Target const& target, Protected const& spared);
/// Its process dies; it comes back if there is an action `start`.
Planned planKill(Target const& target, Protected const& spared);
/// Its action `restart` runs; it must come up again as another process.
Planned planRestart(Target const& target, Protected const& spared);

} // namespace shakedown::injectors
