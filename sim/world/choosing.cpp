#include <algorithm>

#include "sim/resilience/zone_routing.hpp"
#include "sim/world/world.hpp"

namespace shakedown::world {

// Which shard of the callee holds what the request asks for.
std::uint32_t World::shardOf(Call const& call) const {
    ServicePlan const& callee = plan_.services[plan_.edges[call.edge].callee];
    if (callee.shards <= 1)
        return 0;
    DataKey const& data = dataKeys_[call.request];
    if (callee.shardsUpTo.empty())
        return static_cast<std::uint32_t>(chance::mixKey(data.key, 0x5AA2D) % callee.shards);
    auto const& ends = callee.shardsUpTo;
    auto const shard = std::upper_bound(ends.begin(), ends.end(), data.place) - ends.begin();
    return std::min(static_cast<std::uint32_t>(shard), callee.shards - 1);
}

// The replicas that will do for this call: of its shard, not ejected, with a breaker that would let
// it through. Empty if there is none.
std::span<std::uint32_t const> World::candidatesFor(Call const& call, EdgeState& state) {
    Edge const& edge = plan_.edges[call.edge];
    auto const& listed = services_[edge.callee].listed;
    candidates_.clear();
    std::uint32_t const shard = edge.shards > 0 ? shardOf(call) : 0;
    for (std::uint32_t const r : listed)
        if (edge.shards == 0 || r % edge.shards == shard)
            candidates_.push_back(r);
    if (edge.policy.balance.policy == model::BalancePolicy::ZoneAware)
        keepZone(call);
    if (edge.policy.outliers) {
        auto const& outliers = sweptOutliers(state);
        auto const isOut = [&](std::uint32_t r) { return outliers.isEjected(kernel_.now(), r); };
        auto const out = std::count_if(candidates_.begin(), candidates_.end(), isOut);
        auto const in = static_cast<double>(candidates_.size()) - static_cast<double>(out);
        double const fewest = edge.policy.panicThreshold * static_cast<double>(candidates_.size());
        if (out > 0 && in >= fewest)
            std::erase_if(candidates_, isOut);
    }
    if (edge.policy.breaker && edge.policy.breakerPer == model::BreakerScope::Replica) {
        SimTime const now = kernel_.now();
        std::erase_if(candidates_, [&](std::uint32_t r) {
            return r < state.breakers.size() && state.breakers[r]->wouldRefuse(now);
        });
    }
    return candidates_;
}

// Leaves those of one zone, if the caller and its callee have zones (Envoy's zone aware routing).
void World::keepZone(Call const& call) {
    Edge const& edge = plan_.edges[call.edge];
    auto const& callees = plan_.services[edge.callee].zones;
    if (edge.fromLoad || callees.empty() || plan_.services[edge.caller].zones.empty())
        return;
    auto const& callers = plan_.services[edge.caller].zones;
    auto const countByZone = [&](std::vector<std::uint32_t> const& replicas,
                                 std::vector<std::uint32_t> const& zones) {
        std::vector<std::uint32_t> counts(plan_.zones, 0);
        for (auto const r : replicas)
            ++counts[zones[r % zones.size()]];
        return counts;
    };
    auto const callersByZone = countByZone(services_[edge.caller].listed, callers);
    auto const calleesByZone = countByZone(candidates_, callees);
    chance::Draw draw = balanceStreams_[call.edge].draw(call.key, 0x5A00ULL + call.attempts);
    auto const zone =
        resilience::zoneFor(callers[instanceOf(call) % callers.size()],
                            {callersByZone, calleesByZone}, resilience::zoneAwareMinimum, draw);
    if (zone)
        std::erase_if(candidates_,
                      [&](std::uint32_t r) { return callees[r % callees.size()] != *zone; });
}

void World::installBalancer(EdgeState& state, std::uint32_t edge) {
    Edge const& plan = plan_.edges[edge];
    state.balancer.reset();
    if (plan.quick.weighs)
        state.balancer = std::make_unique<resilience::Balancer>(plan.policy.balance,
                                                                hashTables_[edge], state.cursor);
}

// Open connections to a replica, of callers that may not have had any before.
std::uint32_t& World::idleAt(EdgeState& state, std::uint32_t replica) {
    if (state.idle.size() <= replica)
        state.idle.resize(replica + 1);
    return state.idle[replica];
}

// Nothing of the attempt is under way any more at the replica, as far as its caller knows.
void World::countOff(Task& task) {
    task.countedAsOutstanding = false;
    EdgeState& state = edgeState(siteOf(task).edge, detailsOf(task).callerInstance);
    std::uint32_t const number = replicas_[task.replica].number;
    --state.views[number].outstanding;
    if (state.balancer && task.call != nothing)
        state.balancer->observe(number, kernel_.now() - detailsOf(calls_[task.call]).attemptBegun,
                                kernel_.now());
}

// No replica is listed, or the breakers of all that are would refuse.
void World::findsNobody(Call& call) {
    auto const& edge = plan_.edges[call.edge];
    auto& counters = callStates_[edge.call].counters;
    bool const areOpen = edge.policy.breaker
                         && edge.policy.breakerPer == model::BreakerScope::Replica
                         && !services_[edge.callee].listed.empty();
    Cause const cause = areOpen ? Cause::BreakerOpen : Cause::NoReplica;
    ++(areOpen ? counters.refused : counters.errors);
    attemptEnded(call, cause, Told::All);
    attemptFailed(call, cause);
}

std::uint32_t World::pickFor(Call const& call) {
    Edge const& edge = plan_.edges[call.edge];
    ServiceState const& callee = services_[edge.callee];
    if (callee.onlyListed != nothing && !edge.quick.choosesAmongSome)
        return callee.onlyListed;
    if (callee.listed.empty())
        return nothing;
    EdgeState& state = edgeState(call.edge, instanceOf(call));
    if (!edge.quick.choosesAmongSome)
        return pickAmong(callee.listed, call, state);
    auto const listed = candidatesFor(call, state);
    if (listed.empty())
        return nothing;
    std::uint32_t const replica = pickAmong(listed, call, state);
    if (edge.policy.outliers)
        state.protection->outliers->onPick(kernel_.now(), replica);
    return replica;
}

std::uint32_t World::pickAmong(std::span<std::uint32_t const> listed, Call const& call,
                               EdgeState& state) {
    std::uint32_t const edgeIndex = call.edge;
    Edge const& edge = plan_.edges[edgeIndex];
    bool const goesRound =
        edge.policy.balance.policy == model::BalancePolicy::RoundRobin && !edge.quick.weighs;
    if (goesRound && call.attempts <= 1)
        return listed[state.cursor++ % listed.size()];
    bool const avoids = (edge.policy.avoidSameReplica || call.isHedge) && call.hasDetails;
    std::uint32_t const avoid = avoids ? detailsOf(call).lastReplica : resilience::noReplica;
    chance::Draw draw = balanceStreams_[edgeIndex].draw(call.key, 8 + call.attempts);
    if (edge.quick.weighs) {
        // Of what the request asks for; the words of a key differ from those of its shard.
        Key const key =
            plan_.usesKeys ? chance::mixKey(dataKeys_[call.request].key, 0x4A54) : Key();
        return state.balancer->pick(
            {kernel_.now(), key, listed, state.views, services_[edge.callee].readySince, avoid},
            draw);
    }
    return resilience::pickReplica(edge.policy.balance, listed, state.views, state.cursor, avoid,
                                   draw);
}

} // namespace shakedown::world
