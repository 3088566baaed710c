#pragma once

#include <string>
#include <vector>

#include "chaos-agent/conduct/programme.hpp"
#include "chaos-agent/conduct/roster.hpp"

/// What a fault touches, in the words of the record.
namespace shakedown::conduct {

record::EventBegan reachOf(ProgrammeEvent const& event, Roster const& roster);

enum class Turn : std::uint8_t { Begins, Ends };
/// The replicas that stop or go on with it.
std::vector<record::ReplicaChanged> replicasHit(ProgrammeEvent const& event, Roster const& roster,
                                                Turn turn);

} // namespace shakedown::conduct
