#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "scenarios/model/timeline.hpp"

namespace shakedown::conduct {

/// From when to when; an instant has both alike.
struct Stretch {
    SimTime begin;
    SimTime end;
};

/// When something of this name happens in a run that ends at `end`, at most so often; at the very
/// instants that a simulation with this seed draws. What has no end of its own ends with the run.
std::vector<Stretch> stretchesOf(model::Timing const& when, std::string const& name,
                                 std::uint64_t seed, SimTime end, std::size_t most);

} // namespace shakedown::conduct
