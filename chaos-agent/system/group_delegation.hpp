#pragma once

#include <string>
#include <vector>

#include "chaos-agent/system/failure.hpp"

namespace shakedown::system {

/// Lets control groups be made and limited by those controllers below the group that this process
/// was given. With version 2 a group that holds processes hands out none, so this process moves
/// into one below it, `agentGroup`, if it is alone in there. Nothing to do with version 1 and at
/// the root.
Failed settleInGroup(std::vector<std::string> const& controllers);

/// This process is ended late when memory is short, as far as it may say so.
void beLastToGo();

} // namespace shakedown::system
