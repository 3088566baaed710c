#include "sim/operations/operation.hpp"

#include "scenarios/vocabulary/require.hpp"
#include "sim/faults/targets.hpp"

namespace shakedown::operations {

namespace {

Undo notSimulated() {
    require(false, "checking refuses operations that are not simulated");
    return {};
}

Undo beginOne(world::World& world, model::Scale const& scale, Occurrence const&) {
    std::uint32_t const service = faults::serviceNamed(world, scale.target.service);
    auto const before = world.plan().services[service].replicas;
    world.scale(service, static_cast<std::uint32_t>(scale.to));
    return [service, before](world::World& w) { w.scale(service, before); };
}

Undo beginOne(world::World& world, model::FlipBreaker const& flip, Occurrence const&) {
    model::Target target;
    target.call = flip.call;
    auto const calls = faults::linksOf(world, target); // links and calls share their numbers
    for (auto const call : calls)
        world.flipBreakers(call, flip.state);
    return [calls](world::World& w) {
        for (auto const call : calls)
            w.flipBreakers(call, model::BreakerByHand::Auto);
    };
}

Undo beginOne(world::World& world, model::Drain const& drain, Occurrence const& occurrence) {
    auto const replicas = faults::replicasOf(world, drain.target, occurrence);
    for (auto const replica : replicas)
        world.drain(replica, false);
    return [replicas](world::World& w) {
        for (auto const replica : replicas) {
            w.crash(replica); // what the grace period did not end by now
            w.start(replica);
        }
    };
}

Undo beginOne(world::World&, model::Set const&, Occurrence const&) {
    return {};
}
Undo beginOne(world::World&, model::Deploy const&, Occurrence const&) {
    return notSimulated();
}
Undo beginOne(world::World&, model::Repave const&, Occurrence const&) {
    return notSimulated();
}
Undo beginOne(world::World&, model::Rotate const&, Occurrence const&) {
    return notSimulated();
}
Undo beginOne(world::World&, model::ReplayEvents const&, Occurrence const&) {
    return notSimulated();
}

} // namespace

Undo begin(world::World& world, model::Operation const& operation, Occurrence const& occurrence) {
    return std::visit([&](auto const& what) { return beginOne(world, what, occurrence); },
                      operation.what);
}

} // namespace shakedown::operations
