#include "sim/world/world.hpp"

namespace shakedown::world {

using resilience::BreakerMode;

namespace {

record::BreakerState stateOf(BreakerMode mode) {
    switch (mode) {
    case BreakerMode::Closed:
    case BreakerMode::MetricsOnly:
        return record::BreakerState::Closed;
    case BreakerMode::Open:
        return record::BreakerState::Open;
    case BreakerMode::HalfOpen:
        return record::BreakerState::HalfOpen;
    case BreakerMode::ForcedOpen:
        return record::BreakerState::ForcedOpen;
    case BreakerMode::Disabled:
        return record::BreakerState::Disabled;
    }
    return record::BreakerState::Closed;
}

bool counts(BreakerMode mode) {
    return mode == BreakerMode::Open || mode == BreakerMode::ForcedOpen;
}

BreakerMode modeOf(model::BreakerByHand byHand) {
    switch (byHand) {
    case model::BreakerByHand::Auto:
        return BreakerMode::Closed;
    case model::BreakerByHand::ForcedOpen:
        return BreakerMode::ForcedOpen;
    case model::BreakerByHand::Disabled:
        return BreakerMode::Disabled;
    }
    return BreakerMode::Closed;
}

} // namespace

// Who shares a breaker: all callers' replicas (the first one's is used), one of them, or one of
// them for each replica or shard of the callee. Around the retry no replica is picked yet, and one
// breaker stands for all.
World::BreakerPlace World::breakerOf(Call const& call) {
    std::uint32_t const picked = call.hasDetails ? detailsOf(call).lastReplica : nothing;
    std::uint32_t const replica = picked == nothing ? 0 : picked;
    switch (plan_.edges[call.edge].policy.breakerPer) {
    case model::BreakerScope::CallerReplica:
        return {instanceOf(call), 0};
    case model::BreakerScope::Service:
        return {0, 0};
    case model::BreakerScope::Replica:
        return {instanceOf(call), replica};
    case model::BreakerScope::Shard:
        return {instanceOf(call), shardOf(call)};
    }
    return {instanceOf(call), 0};
}

resilience::Breaker& World::breakerAt(std::uint32_t edge, BreakerPlace const& place) {
    auto& breakers = edgeState(edge, place.instance).breakers;
    while (breakers.size() <= place.slot)
        installBreaker(edge, place.instance);
    return *breakers[place.slot];
}

bool World::admitByBreaker(Call& call) {
    BreakerPlace const place = breakerOf(call);
    auto& breaker = breakerAt(call.edge, place);
    BreakerMode const before = breaker.mode();
    SimTime const now = kernel_.now();
    if (breaker.nextTimer() <= now)
        breaker.onTimer(now);
    auto const ticket = breaker.tryAcquire(now);
    noteBreaker(call.edge, place, before);
    if (!ticket)
        return false;
    call.admitted = true;
    detailsOf(call).ticket = *ticket;
    detailsOf(call).breakerSlot = place.slot;
    return true;
}

void World::recordAtBreaker(Call& call, resilience::CallResult result) {
    CallDetails const& details = detailsOf(call);
    BreakerPlace const place{breakerOf(call).instance, details.breakerSlot};
    auto& breakers = edgeState(call.edge, place.instance).breakers;
    call.admitted = false;
    if (place.slot >= breakers.size())
        return; // taken away by an operation meanwhile
    auto& breaker = *breakers[place.slot];
    SimTime const now = kernel_.now();
    BreakerMode const before = breaker.mode();
    if (breaker.nextTimer() <= now)
        breaker.onTimer(now);
    EdgePolicy const& policy = plan_.edges[call.edge].policy;
    SimTime const since = policy.isBreakerAround ? details.begun : details.attemptBegun;
    double const u =
        policy.isOpenTimeDrawn
            ? backoffStreams_[call.edge].uniform(call.key, (3ULL << 20) + call.attempts)
            : 0.5;
    breaker.record(now, details.ticket, result, now - since, u);
    noteBreaker(call.edge, place, before);
}

void World::releaseBreaker(Call& call) {
    CallDetails const& details = detailsOf(call);
    BreakerPlace const place{breakerOf(call).instance, details.breakerSlot};
    auto& breakers = edgeState(call.edge, place.instance).breakers;
    call.admitted = false;
    if (place.slot < breakers.size())
        breakers[place.slot]->release(kernel_.now(), details.ticket);
}

void World::noteBreaker(std::uint32_t edge, BreakerPlace const& place, BreakerMode before) {
    BreakerMode const after = edges_[edge][place.instance].breakers[place.slot]->mode();
    if (after == before)
        return;
    CallState& call = callStates_[plan_.edges[edge].call];
    touch(call);
    if (counts(after) && !counts(before))
        ++call.open;
    if (!counts(after) && counts(before))
        --call.open;
    if (after == BreakerMode::Open)
        ++call.counters.opened;
    emitTurningPoint(record::BreakerChanged{plan_.edges[edge].call, place.instance, stateOf(before),
                                            stateOf(after)});
}

void World::flipBreakers(std::uint32_t call, model::BreakerByHand state) {
    BreakerMode const mode = modeOf(state);
    for (std::uint32_t e = 0; e < edges_.size(); ++e) {
        if (plan_.edges[e].call != call || !plan_.edges[e].policy.breaker)
            continue;
        for (std::uint32_t i = 0; i < edges_[e].size(); ++i)
            for (std::uint32_t slot = 0; slot < edges_[e][i].breakers.size(); ++slot) {
                auto& breaker = *edges_[e][i].breakers[slot];
                BreakerMode const before = breaker.mode();
                breaker.flip(kernel_.now(), mode);
                noteBreaker(e, {i, slot}, before);
            }
    }
}

// One more breaker, by the plan in force.
void World::installBreaker(std::uint32_t edge, std::uint32_t instance) {
    auto const& plan = plan_.edges[edge];
    auto& breakers = edges_[edge][instance].breakers;
    breakers.push_back(std::make_unique<resilience::Breaker>(*plan.policy.breaker));
    CallState& call = callStates_[plan.call];
    touch(call);
    ++call.breakers;
    auto& breaker = *breakers.back();
    BreakerMode const before = breaker.mode();
    if (plan.policy.byHand != model::BreakerByHand::Auto)
        breaker.flip(kernel_.now(), modeOf(plan.policy.byHand));
    noteBreaker(edge, {instance, static_cast<std::uint32_t>(breakers.size() - 1)}, before);
}

// Every caller's breaker exists from the start, so that the share of time open has a base.
void World::installBreakers(std::uint32_t edge, std::uint32_t instance) {
    EdgePolicy const& policy = plan_.edges[edge].policy;
    bool const isShared = policy.breakerPer == model::BreakerScope::Service && instance > 0;
    if (!policy.breaker || isShared)
        return;
    std::size_t slots = 1;
    if (policy.breakerPer == model::BreakerScope::Replica)
        slots = services_[plan_.edges[edge].callee].replicas.size();
    if (policy.breakerPer == model::BreakerScope::Shard)
        slots = std::max<std::size_t>(1, plan_.edges[edge].shards);
    while (edges_[edge][instance].breakers.size() < slots)
        installBreaker(edge, instance);
}

void World::removeBreakers(std::uint32_t edge, std::uint32_t instance) {
    auto& breakers = edges_[edge][instance].breakers;
    CallState& call = callStates_[plan_.edges[edge].call];
    while (!breakers.empty()) {
        BreakerPlace const last{instance, static_cast<std::uint32_t>(breakers.size() - 1)};
        BreakerMode const before = breakers.back()->mode();
        breakers.back()->flip(kernel_.now(), BreakerMode::Closed);
        noteBreaker(edge, last, before);
        touch(call);
        --call.breakers;
        breakers.pop_back();
    }
}

void World::adoptBreakers(std::uint32_t edge, std::uint32_t instance) {
    EdgePolicy const& policy = plan_.edges[edge].policy;
    if (!policy.breaker)
        return removeBreakers(edge, instance);
    for (std::uint32_t slot = 0; slot < edges_[edge][instance].breakers.size(); ++slot) {
        auto& breaker = *edges_[edge][instance].breakers[slot];
        if (breaker.settings() == *policy.breaker)
            continue;
        BreakerMode const before = breaker.mode();
        breaker.change(*policy.breaker);
        noteBreaker(edge, {instance, slot}, before);
    }
    installBreakers(edge, instance);
}

} // namespace shakedown::world
