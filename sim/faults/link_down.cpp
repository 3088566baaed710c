#include "sim/faults/fault.hpp"
#include "sim/faults/targets.hpp"

namespace shakedown::faults {

// What is on the link is lost, and so is whatever would take it.
Undo inject(world::World& world, model::LinkDown const& fault, Occurrence const&) {
    auto const link = wireOf(world, fault.target);
    world.cutLink(link);
    return [link](world::World& w) { w.mendLink(link); };
}

} // namespace shakedown::faults
