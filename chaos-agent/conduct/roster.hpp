#pragma once

#include <cstdint>
#include <set>
#include <string>
#include <vector>

#include "reports/record/moments.hpp"
#include "scenarios/model/scenario.hpp"

namespace shakedown::conduct {

/// Somebody who asks: a load that is done for real, or a probe.
struct RosterLoad {
    std::string name;
    // What the scenario says that a load calls; a probe does not say.
    std::uint32_t call = record::nobody;
    std::uint32_t endpoint = record::nobody;
    std::string service;
    Duration inTime = Duration::none();
};

/// Who takes part in a live run, in the order of the record: the loads of `live.load`, then the
/// probes as "probe:NAME".
struct Roster {
    record::Names names;
    std::vector<RosterLoad> loads;
    /// A call: its service, and every service that is called on behalf of it, as the scenario has
    /// it.
    std::vector<std::set<std::string>> behind;
};
Roster rosterOf(model::Scenario const& scenario);

/// The loads whose requests tell of a subject: the load itself, or those that call the service or
/// the endpoint directly. Nobody sees what happens further in. Indices into Roster::loads.
std::vector<std::uint32_t> witnessesOf(model::Subject const& subject, Roster const& roster);

} // namespace shakedown::conduct
