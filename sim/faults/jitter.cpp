#include "sim/faults/fault.hpp"
#include "sim/faults/targets.hpp"

namespace shakedown::faults {

// Jitter is latency that varies: the added time is drawn for each message.
Undo inject(world::World& world, model::JitterFault const& fault, Occurrence const& occurrence) {
    return inject(world, model::Latency{fault.target, fault.add, fault.direction}, occurrence);
}

} // namespace shakedown::faults
