#pragma once

#include <optional>
#include <set>
#include <string>
#include <vector>

#include "chaos-agent/faults/target.hpp"
#include "chaos-agent/protocol/fault.hpp"

namespace shakedown::safety {

/// What may be done at most.
struct Caps {
    Duration duration = Duration::seconds(600); // of one fault
    std::size_t faults = 8;                     // at once
    std::size_t targets = 4;                    // at once
    double share = 1;                           // of the configured targets, at once
};

/// What is at work on a host.
struct AtWork {
    std::size_t faults = 0;
    std::set<std::string> targets;
};

/// Why it is not allowed; nothing if it is. Everything is denied that the configuration does not
/// allow: the target, the kind on it, its peers, its length, and one more of it.
std::optional<std::string> denial(protocol::FaultRequest const& request,
                                  injectors::Targets const& targets, Caps const& caps,
                                  AtWork const& atWork);

} // namespace shakedown::safety
