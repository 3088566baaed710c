#pragma once

#include <set>
#include <string>
#include <variant>
#include <vector>

#include "chaos-agent/faults/operation.hpp"
#include "chaos-agent/faults/target.hpp"
#include "chaos-agent/protocol/fault.hpp"

namespace shakedown::injectors {

/// What never is in a fault.
struct Protected {
    std::set<std::uint16_t> ports{22};        // SSH, and those that the agent listens on
    std::vector<system::ProcessId> processes; // the agent and its watchdog
    /// Their filesystems are never quite full: the system's, and that of the agent's journal.
    std::vector<std::string> directories{"/"};
    /// So much memory stays available whatever is asked for; unless told a tenth of all, and 256
    /// MiB at least.
    std::optional<Bytes> memory;
};

/// What a fault does, decided whole before anything is done.
struct Plan {
    std::vector<Operation> steps; // in the order of doing; taken back in the other
    /// What it holds for itself. Two faults with a claim in common fight.
    std::vector<std::string> claims;
    bool irreversible = false;
};

/// SHA-256 of the steps as they are written down.
std::string hashOf(Plan const& plan);
protocol::PlanReport reportOf(Plan const& plan);

/// Why this host or this target cannot do it, as it is now.
using Planned = std::variant<Plan, system::Failure>;

/// Plans a fault on a target of the configuration. Changes nothing. The caller has seen to it that
/// the kind is allowed, and that peers are targets too.
Planned planOf(protocol::FaultRequest const& request, Targets const& targets,
               Protected const& spared);

} // namespace shakedown::injectors
