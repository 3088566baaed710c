#include <algorithm>
#include <limits>

#include "sim/world/hop.hpp"

namespace shakedown::world {

using kernel::EventClass;
using record::ReplicaState;

std::uint32_t World::addReplica(std::uint32_t service, ReplicaState state) {
    ServicePlan const& plan = plan_.services[service];
    auto const index = static_cast<std::uint32_t>(replicas_.size());
    Replica& replica = replicas_.emplace_back();
    replica.index = index;
    replica.service = service;
    replica.number = static_cast<std::uint32_t>(services_[service].replicas.size());
    replica.state = state;
    replica.listed = state == ReplicaState::Up;
    replica.lines.resize(1);
    replica.codel = resilience::ControlledDelay(plan.queue.target, plan.queue.interval);
    if (plan.limit && plan.limit->adaptive)
        replica.limit.emplace(*plan.limit->adaptive);
    if (plan.limit && plan.limit->rate)
        replica.rateLimit.emplace(*plan.limit->rate);
    // Replicas there from the start are old.
    services_[service].readySince.push_back(
        SimTime::atNanoseconds(std::numeric_limits<std::int64_t>::min() / 2));
    replica.host = platform_.addHost(plan.cores, machineOf(index));
    replica.worksAlone = platform_.isDelay(replica.host);
    if (replica.number == 0)
        services_[service].firstReplica = index;
    services_[service].replicas.push_back(index);
    if (state == ReplicaState::Up)
        services_[service].workers.change(static_cast<int>(plan.workers), now());
    return index;
}

void World::relist(std::uint32_t service) {
    ServiceState& state = services_[service];
    state.listed.clear();
    for (std::uint32_t const index : state.replicas)
        if (replicas_[index].listed)
            state.listed.push_back(replicas_[index].number);
    state.onlyListed = state.listed.size() == 1 ? state.listed.front() : nothing;
}

void World::setState(Replica& replica, ReplicaState to) {
    if (replica.state == to)
        return;
    ServiceState& service = services_[replica.service];
    auto const workers = static_cast<int>(plan_.services[replica.service].workers);
    auto const works = [](ReplicaState s) {
        return s == ReplicaState::Up || s == ReplicaState::Draining || s == ReplicaState::Hung;
    };
    if (works(replica.state) && !works(to))
        service.workers.change(-workers, now());
    if (!works(replica.state) && works(to)) {
        service.workers.change(workers, now());
        service.readySince[replica.number] = now();
    }
    hungReplicas_ += (to == ReplicaState::Hung ? 1U : 0U);
    hungReplicas_ -= (replica.state == ReplicaState::Hung ? 1U : 0U);
    replica.state = to;
    emitTurningPoint(record::ReplicaChanged{replica.service, replica.number, to});
}

std::vector<std::uint32_t> World::replicasOf(std::uint32_t service) const {
    return services_[service].replicas;
}

void World::crash(std::uint32_t index) {
    Replica& replica = replicas_[index];
    if (replica.state == ReplicaState::Down)
        return;
    ++replica.life;
    setState(replica, ReplicaState::Down);
    auto const held = tasks_.oldestFirst([&](Task const& task) {
        return task.replica == index
               && (task.state == TaskState::Queued || task.state == TaskState::Running);
    });
    for (std::uint32_t const task : held)
        if (tasks_[task].live)
            abortTask(tasks_[task], Cause::Reset, true);
    // Branches that ran on after their answer die with the process.
    auto const leftovers = strands_.oldestFirst(
        [&](Strand const& strand) { return tasks_[strand.task].replica == index; });
    for (std::uint32_t const i : leftovers) {
        Strand& strand = strands_[i];
        if (!strand.live)
            continue;
        Task& task = tasks_[strand.task];
        abandonCalls(strand);
        giveWorkerBack(strand);
        dropStrand(strand);
        maybeFree(task);
    }
    auto const calls = calls_.oldestFirst(
        [&](Call const& call) { return !call.isOfLoad && call.caller == index; });
    for (std::uint32_t const call : calls)
        if (calls_[call].live)
            abandonCall(calls_[call]);
    for (std::uint32_t e = 0; e < edges_.size(); ++e)
        if (plan_.edges[e].callee == replica.service)
            for (auto& state : edges_[e])
                if (state.idle.size() > replica.number)
                    state.idle[replica.number] = 0;
    replica.ready.clear();
    replica.readyHead = 0;
    auto const deferred = std::move(replica.deferred);
    replica.deferred.clear();
    for (auto const& event : deferred)
        dispatch(event);
    applySpeed(replica);
}

void World::start(std::uint32_t index) {
    Replica& replica = replicas_[index];
    if (replica.state != ReplicaState::Down || awaitsPower(replica))
        return;
    ++replica.life;
    setState(replica, ReplicaState::Starting);
    Duration const takes = plan_.services[replica.service].start.draw(
        serviceStreams_[replica.service], chance::mixKey(replica.number, replica.life), 4);
    if (takes == Duration())
        return onReplicaStarted(replica, replica.life);
    kernel_.schedule(
        kernel_.now() + takes, EventClass::Timer,
        {static_cast<std::uint16_t>(EventKind::ReplicaStarted), 0, index, 0, replica.life});
}

void World::onReplicaStarted(Replica& replica, std::uint32_t life) {
    if (replica.life != life || replica.state != ReplicaState::Starting)
        return;
    setState(replica, ReplicaState::Up);
    replica.retiring = false;
    replica.listed = true;
    relist(replica.service);
}

void World::drain(std::uint32_t index, bool keepsListed) {
    Replica& replica = replicas_[index];
    if (replica.state != ReplicaState::Up)
        return;
    ++replica.life;
    setState(replica, ReplicaState::Draining);
    if (!keepsListed) {
        replica.listed = false;
        relist(replica.service);
    }
    Duration const grace = plan_.services[replica.service].stop;
    if (!grace.isNone())
        kernel_.schedule(
            kernel_.now() + grace, EventClass::Timer,
            {static_cast<std::uint16_t>(EventKind::GraceOver), 0, index, 0, replica.life});
    putOnAgenda(replica);
}

void World::stopIfDrained(Replica& replica) {
    bool const holdsNothing =
        replica.busy == 0 && replica.queued == 0 && replica.readyHead >= replica.ready.size();
    if (!holdsNothing)
        return;
    // An async service may hold requests without a worker.
    bool awaits = false;
    if (plan_.services[replica.service].async)
        tasks_.forEach([&](Task const& task) {
            awaits |= task.replica == replica.index && task.state == TaskState::Running;
        });
    if (!awaits)
        setState(replica, ReplicaState::Down);
}

void World::onGraceOver(Replica const& replica, std::uint32_t life) {
    if (replica.life == life && replica.state == ReplicaState::Draining)
        crash(replica.index);
}

void World::hang(std::uint32_t index) {
    if (replicas_[index].state != ReplicaState::Up)
        return;
    setState(replicas_[index], ReplicaState::Hung);
    applySpeed(replicas_[index]);
}

void World::resume(std::uint32_t index) {
    Replica& replica = replicas_[index];
    if (replica.state != ReplicaState::Hung)
        return;
    setState(replica, ReplicaState::Up);
    applySpeed(replica);
    auto const deferred = std::move(replica.deferred);
    replica.deferred.clear();
    for (auto const& event : deferred)
        dispatch(event);
    putOnAgenda(replica);
}

bool World::defer(kernel::Event const& event, std::uint32_t replica) {
    if (replicas_[replica].state != ReplicaState::Hung)
        return false;
    replicas_[replica].deferred.push_back(event);
    return true;
}

void World::steal(std::uint32_t index, StealModifier modifier) {
    replicas_[index].steals.push_back(modifier);
    applySpeed(replicas_[index]);
}

void World::applySpeed(Replica& replica) {
    auto const working = strands_.oldestFirst([&](Strand const& strand) {
        return strand.state == StrandState::Working && tasks_[strand.task].replica == replica.index;
    });
    std::vector<platform::WorkHandle*> running;
    for (std::uint32_t const strand : working)
        running.push_back(&strands_[strand].work);
    double stolen = 0;
    for (auto const& m : replica.steals)
        stolen += m.share;
    double const speed = replica.state == ReplicaState::Hung ? 0 : 1 - std::min(stolen, 1.0);
    platform_.setSpeed(replica.host, speed, running);
    replica.worksAlone = platform_.isDelay(replica.host);
}

void World::addSlow(std::uint32_t replica, SlowModifier modifier) {
    replicas_[replica].slow.push_back(std::move(modifier));
    replicas_[replica].disturbed = true;
}

void World::addErrors(std::uint32_t replica, ErrorModifier modifier) {
    replicas_[replica].errors.push_back(modifier);
    replicas_[replica].disturbed = true;
}

void World::removeModifiers(std::uint32_t index, std::uint32_t id) {
    std::erase_if(replicas_[index].slow, [&](SlowModifier const& m) { return m.id == id; });
    std::erase_if(replicas_[index].errors, [&](ErrorModifier const& m) { return m.id == id; });
    replicas_[index].disturbed = !replicas_[index].slow.empty() || !replicas_[index].errors.empty();
    if (std::erase_if(replicas_[index].steals, [&](StealModifier const& m) { return m.id == id; })
        > 0)
        applySpeed(replicas_[index]);
}

void World::blackHole(std::uint32_t replica, bool on) {
    std::uint32_t const by = on ? 1U : ~0U;
    replicas_[replica].heldBack += by;
    networkFaults_ += by;
}

void World::scale(std::uint32_t service, std::uint32_t wanted) {
    std::vector<std::uint32_t> serving;
    for (std::uint32_t const index : services_[service].replicas)
        if (!replicas_[index].retiring)
            serving.push_back(index);
    while (serving.size() > wanted) {
        std::uint32_t const last = serving.back();
        serving.pop_back();
        replicas_[last].retiring = true;
        replicas_[last].listed = false;
        relist(service);
        drain(last, false);
    }
    for (std::uint32_t const index : services_[service].replicas) {
        if (serving.size() >= wanted)
            break;
        if (!replicas_[index].retiring || replicas_[index].state != ReplicaState::Down)
            continue;
        replicas_[index].retiring = false;
        serving.push_back(index);
        start(index);
    }
    while (serving.size() < wanted) {
        std::uint32_t const fresh = addReplica(service, ReplicaState::Down);
        serving.push_back(fresh);
        start(fresh);
    }
}

} // namespace shakedown::world
