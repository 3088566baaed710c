#pragma once

#include <memory>
#include <vector>

#include "sim/platform/blueprint.hpp"

namespace simgrid::s4u {
class Engine;
class Host;
class Link;
} // namespace simgrid::s4u

namespace shakedown::platform {

/// Work is counted in nanoseconds, so that a second of it takes a second at speed 1.
inline constexpr double flopsAtSpeedOne = 1e9;

/// The engine of this process, set up as every platform wants it.
std::unique_ptr<simgrid::s4u::Engine> startEngine();

/// What SimGrid made of a blueprint, in the order of its lists.
struct Built {
    std::vector<simgrid::s4u::Host*> hosts;
    /// One link, or one for each direction.
    std::vector<std::vector<simgrid::s4u::Link*>> links;
};

/// Builds the blueprint in the engine of this process. Throws what SimGrid throws.
Built build(Blueprint const& blueprint);

} // namespace shakedown::platform
