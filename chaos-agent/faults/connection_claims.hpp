#pragma once

#include <optional>
#include <string>
#include <vector>

#include "chaos-agent/faults/target.hpp"

namespace shakedown::injectors {

/// What a fault of connections holds, whichever way it is done: the proxy of the target, and the
/// connections to its address in that place, which another target may have too.
std::vector<std::string> claimsOn(Target const& target,
                                  std::optional<system::NamespaceId> const& place);

} // namespace shakedown::injectors
