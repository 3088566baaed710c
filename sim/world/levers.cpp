#include <algorithm>

#include "sim/world/hop.hpp"

namespace shakedown::world {

void World::addToLink(std::uint32_t link, NetworkModifier modifier) {
    links_[link].modifiers.push_back(std::move(modifier));
    ++networkFaults_;
}

void World::removeFromLink(std::uint32_t link, std::uint32_t id) {
    networkFaults_ -= static_cast<std::uint32_t>(std::erase_if(
        links_[link].modifiers, [&](NetworkModifier const& m) { return m.id == id; }));
}

void World::block(std::uint32_t link, bool hold) {
    ++(hold ? links_[link].holding : links_[link].blocked);
    ++networkFaults_;
}

// What a partition held is delivered together at its end.
void World::unblock(std::uint32_t link, bool hold) {
    LinkState& state = links_[link];
    auto& counter = hold ? state.holding : state.blocked;
    require(counter > 0, "a partition that ends has begun");
    --networkFaults_;
    if (--counter > 0 || !hold)
        return;
    auto const held = std::move(state.held);
    state.held.clear();
    for (auto const& message : held)
        if (Task* const task = tasks_.find(message.task))
            transmit(*task, message.isReply);
}

void World::resetLink(std::uint32_t link, std::uint32_t endpoint) {
    auto const hit = calls_.oldestFirst([&](Call const& call) {
        Site const& site = plan_.sites[call.site];
        return plan_.edges[site.edge].link == link
               && (endpoint == nothing || site.endpoint == endpoint)
               && call.phase == CallPhase::Attempting && call.task != nothing;
    });
    for (std::uint32_t const index : hit) {
        Call& call = calls_[index];
        if (!call.live || call.task == nothing)
            continue;
        auto& counters = callStates_[plan_.edges[call.edge].call].counters;
        detach(call);
        disarm(call.alarm);
        ++counters.errors;
        attemptEnded(call, Cause::Reset, Told::All);
        attemptFailed(call, Cause::Reset);
    }
}

void World::addSurge(std::uint32_t load, SurgeModifier const& modifier) {
    settleExposure(load);
    loads_[load].surges.push_back(modifier);
    applySurges(load);
}

void World::removeSurge(std::uint32_t load, std::uint32_t id) {
    settleExposure(load);
    std::erase_if(loads_[load].surges, [&](SurgeModifier const& m) { return m.id == id; });
    applySurges(load);
}

bool World::followsCurve(std::uint32_t load) const {
    auto const& rate = plan_.loads[load].rate;
    return rate && !std::holds_alternative<model::RateTrace>(*rate);
}

// What has arrived so far was by the old rate.
void World::settleExposure(std::uint32_t load) {
    if (!followsCurve(load))
        return;
    LoadState& state = loads_[load];
    LoadPlan const& plan = plan_.loads[load];
    double const t = std::max(0.0, (kernel_.now() - plan.from).inSeconds());
    if (kernel_.now() > plan.from) {
        state.exposureLeft -= state.curve.between(state.exposureSince, t);
        state.exposureLeft = std::max(0.0, state.exposureLeft);
        state.exposureSince = t;
    }
}

void World::applySurges(std::uint32_t load) {
    if (!followsCurve(load))
        return;
    double factor = 1;
    double extra = 0;
    for (auto const& m : loads_[load].surges) {
        factor *= m.factor;
        extra += m.extraPerSecond;
    }
    loads_[load].curve.setSurge(factor, extra);
    planArrival(load);
}

void World::adopt(Plan next) {
    require(sameShape(plan_, next), "a revision keeps the shape of the plan");
    for (std::uint32_t l = 0; l < loads_.size(); ++l)
        settleExposure(l);
    Plan const old = std::exchange(plan_, std::move(next));
    plan_.hosting = old.hosting; // nothing moves
    for (std::uint32_t s = 0; s < services_.size(); ++s) {
        ServicePlan const& plan = plan_.services[s];
        auto const count = static_cast<int>(services_[s].workers.count());
        int const up = count / static_cast<int>(old.services[s].workers);
        services_[s].workers.change(up * static_cast<int>(plan.workers) - count, now());
        Duration const wait = plan.queue.maxWait;
        waitLanes_[s] = wait.isNone() ? nothing : kernel_.lane(wait);
        if (plan.replicas != old.services[s].replicas)
            scale(s, plan.replicas);
        for (std::uint32_t const r : services_[s].replicas)
            putOnAgenda(replicas_[r]);
    }
    for (std::uint32_t e = 0; e < edges_.size(); ++e) {
        EdgePolicy const& policy = plan_.edges[e].policy;
        if (old.edges[e].policy.balance != policy.balance)
            hashTables_[e] = std::make_shared<resilience::HashTables>(policy.balance);
        timeoutLanes_[e] = policy.timeout.isNone() ? nothing : kernel_.lane(policy.timeout);
        for (std::uint32_t i = 0; i < edges_[e].size(); ++i)
            adoptGuards(old.edges[e].policy, e, i);
    }
    surveyExpressSites();
    for (std::uint32_t l = 0; l < loads_.size(); ++l) {
        if (!plan_.loads[l].rate)
            continue;
        loads_[l].curve = model::RateCurve(*plan_.loads[l].rate);
        applySurges(l);
    }
    // Last, because a call that is let in finds the new plan everywhere.
    for (std::uint32_t e = 0; e < edges_.size(); ++e)
        for (std::uint32_t i = 0; i < edges_[e].size(); ++i) {
            admitWaiting(e, i, Guard::Bulkhead);
            admitWaiting(e, i, Guard::Connection);
        }
}

void World::eventBegan(record::EventBegan began) {
    evidence_.eventSpans.push_back({began.event, kernel_.now(), SimTime::never()});
    emitTurningPoint(std::move(began));
}

void World::eventEnded(std::uint32_t event) {
    for (auto span = evidence_.eventSpans.rbegin(); span != evidence_.eventSpans.rend(); ++span)
        if (span->event == event && span->end == SimTime::never()) {
            span->end = kernel_.now();
            break;
        }
    emitTurningPoint(record::EventEnded{event});
}

} // namespace shakedown::world
