#pragma once

#include <functional>
#include <vector>

#include "chaos-agent/faults/planner.hpp"

namespace shakedown::injectors {

/// Plans one fault of each kind on each target, and says what came of it. Changes nothing. It takes
/// some milliseconds a plan, so `meanwhile`, unless empty, is called after each.
std::vector<protocol::Capability> capabilitiesOf(Targets const& targets, Protected const& spared,
                                                 std::function<void()> const& meanwhile = {});

/// A request of the kind with ordinary numbers; nothing if no kind is called so.
std::optional<protocol::FaultRequest> exampleOf(std::string const& kind, std::string const& target);

} // namespace shakedown::injectors
