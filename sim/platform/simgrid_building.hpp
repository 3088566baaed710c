#pragma once

#include <vector>

#include "sim/platform/blueprint.hpp"

namespace simgrid::s4u {
class Host;
class Link;
} // namespace simgrid::s4u

namespace shakedown::platform {

/// What SimGrid made of a blueprint, in the order of its lists.
struct Built {
    std::vector<simgrid::s4u::Host*> hosts;
    /// One link, or one for each direction.
    std::vector<std::vector<simgrid::s4u::Link*>> links;
};

/// Builds the blueprint in the engine of this process. Throws what SimGrid throws.
Built build(Blueprint const& blueprint);

} // namespace shakedown::platform
