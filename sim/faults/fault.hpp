#pragma once

#include <cstdint>
#include <functional>

#include "scenarios/chance/stream.hpp"
#include "scenarios/model/fault.hpp"
#include "sim/world/world.hpp"

namespace shakedown::faults {

/// Takes a fault back; empty if there is nothing to take back.
using Undo = std::function<void(world::World&)>;

/// Which occurrence of which fault: `id` names its modifiers, `stream` and `occurrence` its draws.
struct Occurrence {
    std::uint32_t id = 0;
    chance::Stream stream;
    std::uint64_t number = 0;
    bool hasEnd = true; // it will be taken back
};

/// Begins a fault in the world. A fault that this release cannot simulate was refused by checking;
/// meeting one here is a broken invariant.
Undo inject(world::World& world, model::Fault const& fault, Occurrence const& occurrence);

// One file each.
Undo inject(world::World&, model::Crash const&, Occurrence const&);
Undo inject(world::World&, model::Kill const&, Occurrence const&);
Undo inject(world::World&, model::Hang const&, Occurrence const&);
Undo inject(world::World&, model::Restart const&, Occurrence const&);
Undo inject(world::World&, model::Slow const&, Occurrence const&);
Undo inject(world::World&, model::Errors const&, Occurrence const&);
Undo inject(world::World&, model::Cpu const&, Occurrence const&);
Undo inject(world::World&, model::Latency const&, Occurrence const&);
Undo inject(world::World&, model::JitterFault const&, Occurrence const&);
Undo inject(world::World&, model::Loss const&, Occurrence const&);
Undo inject(world::World&, model::Partition const&, Occurrence const&);
Undo inject(world::World&, model::Reset const&, Occurrence const&);
Undo inject(world::World&, model::BlackHole const&, Occurrence const&);
Undo inject(world::World&, model::Surge const&, Occurrence const&);
Undo inject(world::World&, model::BandwidthFault const&, Occurrence const&);
Undo inject(world::World&, model::ZoneOutage const&, Occurrence const&);
Undo inject(world::World&, model::HostDown const&, Occurrence const&);
Undo inject(world::World&, model::LinkDown const&, Occurrence const&);
Undo inject(world::World&, model::BrownOut const&, Occurrence const&);

} // namespace shakedown::faults
