#include "sim/world/hosting.hpp"

#include <algorithm>

#include "sim/world/world.hpp"

namespace shakedown::world {

using kernel::EventClass;
using platform::nowhere;
using record::ReplicaState;

// --- Where everything stands.

MachineId World::machineOf(std::uint32_t index) const {
    if (!plan_.hosting)
        return nowhere;
    Replica const& replica = replicas_[index];
    auto const& places = plan_.hosting->replicas[replica.service];
    return places[replica.number % places.size()];
}

std::uint32_t World::zoneOf(std::uint32_t index) const {
    Replica const& replica = replicas_[index];
    auto const& zones = plan_.services[replica.service].zones;
    return zones.empty() ? nothing : zones[replica.number % zones.size()];
}

std::vector<std::uint32_t> World::replicasOn(MachineId machine) const {
    std::vector<std::uint32_t> found;
    for (auto const& replica : replicas_)
        if (machineOf(replica.index) == machine)
            found.push_back(replica.index);
    return found;
}

std::vector<std::uint32_t> World::replicasIn(std::uint32_t zone) const {
    std::vector<std::uint32_t> found;
    for (auto const& replica : replicas_)
        if (zoneOf(replica.index) == zone)
            found.push_back(replica.index);
    return found;
}

// --- The way of a message.

World::Way World::wayOf(Task const& task, bool isReply) const {
    Edge const& edge = edgeOf(task);
    MachineId const callee = machineOf(task.replica);
    MachineId const caller =
        edge.fromLoad ? plan_.hosting->loads[edge.caller]
                      : machineOf(services_[edge.caller].replicas[detailsOf(task).callerInstance]);
    return isReply ? Way{callee, caller} : Way{caller, callee};
}

// What a call's own bandwidth, or a fault's, makes of the size of a message.
Duration World::pace(Task const& task, bool isReply) const {
    EdgePolicy const& policy = edgeOf(task).policy;
    Bandwidth least = policy.bandwidth;
    for (auto const& m : links_[edgeOf(task).link].modifiers)
        if (m.limit > Bandwidth() && (least == Bandwidth() || m.limit < least))
            least = m.limit;
    if (least == Bandwidth())
        return {};
    auto const size = isReply ? policy.responseSize : policy.requestSize;
    return Duration::fromSeconds(static_cast<double>(size.count()) * 8 / least.bitsPerSecond());
}

// What the call adds is spent before the message sets out.
void World::depart(Task& task, bool isReply, Duration delay) {
    if (machines_ == nullptr) {
        delay = delay + pace(task, isReply);
        if (delay == Duration())
            return deliver(task, isReply);
        kernel_.schedule(kernel_.now() + delay, EventClass::Completion,
                         eventOf(isReply ? EventKind::ReplyArrives : EventKind::Deliver, task));
        return;
    }
    if (delay == Duration())
        return cross(task, isReply);
    kernel_.schedule(kernel_.now() + delay, EventClass::Completion,
                     eventOf(EventKind::Departs, task, isReply ? 1 : 0));
}

void World::cross(Task& task, bool isReply) {
    auto const [from, to] = wayOf(task, isReply);
    if (from == nowhere || to == nowhere || from == to)
        return deliver(task, isReply);
    EdgePolicy const& policy = edgeOf(task).policy;
    Bytes const size = isReply ? policy.responseSize : policy.requestSize;
    Bandwidth atMost;
    if (Duration const alone = pace(task, isReply); alone > Duration())
        atMost =
            Bandwidth::bitsPerSecond(static_cast<double>(size.count()) * 8 / alone.inSeconds());
    machines_->send({from, to, size, atMost},
                    eventOf(isReply ? EventKind::ReplyArrives : EventKind::Deliver, task),
                    eventOf(EventKind::MessageLost, task, isReply ? 1 : 0));
}

bool World::stands(Side const& side, Task const& task, bool atCallee) const {
    Edge const& edge = edgeOf(task);
    auto const has = [](std::vector<std::uint32_t> const& list, std::uint32_t item) {
        return std::find(list.begin(), list.end(), item) != list.end();
    };
    if (atCallee)
        return has(side.services, edge.callee) || has(side.zones, zoneOf(task.replica));
    if (!edge.fromLoad)
        return has(side.services, edge.caller)
               || has(side.zones,
                      zoneOf(services_[edge.caller].replicas[detailsOf(task).callerInstance]));
    MachineId const machine = plan_.hosting ? plan_.hosting->loads[edge.caller] : nowhere;
    return has(side.loads, edge.caller)
           || (machine != nowhere && has(side.zones, plan_.hosting->zones[machine]));
}

// False if a cut between zones or a fault of a link keeps the message.
bool World::passesPlaces(Task& task, bool isReply, Duration& delay) {
    for (auto& cut : hosting_.cuts) {
        bool const crosses = (stands(cut.a, task, false) && stands(cut.b, task, true))
                             || (stands(cut.b, task, false) && stands(cut.a, task, true));
        if (!crosses)
            continue;
        if (cut.hold)
            cut.held.push_back({tasks_.refOf(task), isReply});
        else
            loseMessage(task, isReply);
        return false;
    }
    if (machines_ == nullptr || hosting_.wires.empty())
        return true;
    auto const [from, to] = wayOf(task, isReply);
    if (from == nowhere || to == nowhere)
        return true;
    auto const& stream = networkStreams_[siteOf(task).edge];
    for (auto const& wire : hosting_.wires) {
        auto const direction = wire.what.direction;
        bool const concerned = direction == model::Direction::Both
                               || (direction == model::Direction::Replies) == isReply;
        if (!concerned || !machines_->isOnWay(from, to, wire.link))
            continue;
        std::uint64_t const draw = (std::uint64_t{1} << 40) + (std::uint64_t{wire.what.id} << 16)
                                   + (std::uint64_t{task.retransmissions} << 4)
                                   + (isReply ? 8U : 0U);
        bool const lost =
            wire.swallows
            || (wire.what.loss > 0 && stream.uniform(task.key, draw) < wire.what.loss);
        if (lost) {
            loseMessage(task, isReply);
            return false;
        }
        delay = delay + wire.what.add.draw(stream, task.key, draw + 1);
    }
    return true;
}

// --- Levers.

bool World::awaitsPower(Replica const& replica) {
    MachineId const machine = machineOf(replica.index);
    if (machine == nowhere || hosting_.machines[machine].downs == 0)
        return false;
    auto& waiting = hosting_.machines[machine].waiting;
    if (std::find(waiting.begin(), waiting.end(), replica.index) == waiting.end())
        waiting.push_back(replica.index);
    return true;
}

// Nothing answers any more, not even with a reset.
void World::fell(MachineId machine) {
    MachineState& state = hosting_.machines[machine];
    if (state.downs++ > 0)
        return;
    for (std::uint32_t const replica : replicasOn(machine)) {
        blackHole(replica, true);
        state.silenced.push_back(replica);
        if (replicas_[replica].state != ReplicaState::Down)
            state.waiting.push_back(replica);
        crash(replica);
    }
    machines_->turnMachine(machine, platform::Power::Off);
}

void World::raise(MachineId machine) {
    MachineState& state = hosting_.machines[machine];
    require(state.downs > 0, "a machine that comes back was down");
    if (--state.downs > 0)
        return;
    machines_->turnMachine(machine, platform::Power::On);
    for (std::uint32_t const replica : std::exchange(state.silenced, {}))
        blackHole(replica, false);
    auto const waiting = std::exchange(state.waiting, {});
    for (std::uint32_t const replica : waiting)
        start(replica);
}

void World::fellReplica(std::uint32_t replica) {
    blackHole(replica, true);
    crash(replica);
}

void World::raiseReplica(std::uint32_t replica) {
    blackHole(replica, false);
    start(replica);
}

void World::applyMachineSpeed(MachineId machine) {
    MachineState const& state = hosting_.machines[machine];
    double stolen = 0;
    for (auto const& m : state.steals)
        stolen += m.share;
    double speed = 1 - std::min(stolen, 1.0);
    for (auto const& m : state.slowdown)
        speed *= m.share;
    machines_->setMachineSpeed(machine, speed);
}

void World::stealFrom(MachineId machine, StealModifier modifier) {
    hosting_.machines[machine].steals.push_back(modifier);
    applyMachineSpeed(machine);
}

void World::slowMachine(MachineId machine, StealModifier modifier) {
    hosting_.machines[machine].slowdown.push_back(modifier);
    applyMachineSpeed(machine);
}

void World::removeFromMachine(MachineId machine, std::uint32_t id) {
    auto const isIt = [&](StealModifier const& m) { return m.id == id; };
    std::erase_if(hosting_.machines[machine].steals, isIt);
    std::erase_if(hosting_.machines[machine].slowdown, isIt);
    applyMachineSpeed(machine);
}

void World::cutLink(LinkId link) {
    if (hosting_.links[link].downs++ == 0)
        machines_->turnLink(link, platform::Power::Off);
}

void World::mendLink(LinkId link) {
    require(hosting_.links[link].downs > 0, "a link that comes back was down");
    if (--hosting_.links[link].downs == 0)
        machines_->turnLink(link, platform::Power::On);
}

// Of several limits the least holds; a limit of 0 takes that of `id` back.
void World::limitLink(LinkId link, WireState::Limit limit) {
    auto& limits = hosting_.links[link].limits;
    std::erase_if(limits, [&](WireState::Limit const& l) { return l.id == limit.id; });
    if (limit.limit > Bandwidth())
        limits.push_back(limit);
    Bandwidth least = plan_.hosting->blueprint.links[link].bandwidth;
    for (auto const& l : limits)
        least = std::min(least, l.limit);
    machines_->setBandwidth(link, least);
}

void World::addToWire(WireModifier modifier) {
    hosting_.wires.push_back(std::move(modifier));
    ++networkFaults_;
}

void World::removeFromWire(LinkId link, std::uint32_t id) {
    networkFaults_ -= static_cast<std::uint32_t>(std::erase_if(
        hosting_.wires, [&](WireModifier const& w) { return w.link == link && w.what.id == id; }));
}

void World::addCut(Cut cut) {
    hosting_.cuts.push_back(std::move(cut));
    ++networkFaults_;
}

void World::removeCut(std::uint32_t id) {
    auto const found = std::find_if(hosting_.cuts.begin(), hosting_.cuts.end(),
                                    [&](Cut const& cut) { return cut.id == id; });
    require(found != hosting_.cuts.end(), "a partition that ends has begun");
    auto const held = std::move(found->held);
    hosting_.cuts.erase(found);
    --networkFaults_;
    for (auto const& message : held)
        if (Task* const task = tasks_.find(message.task))
            transmit(*task, message.isReply);
}

void World::change(HostingPlan::Change const& change) {
    using What = HostingPlan::Change::What;
    constexpr std::uint32_t byProfile = 0; // no fault has this id
    switch (change.what) {
    case What::MachineSpeed:
        std::erase_if(hosting_.machines[change.target].slowdown,
                      [](StealModifier const& m) { return m.id == byProfile; });
        return slowMachine(change.target, {byProfile, change.value});
    case What::MachineState: {
        bool& isDown = hosting_.machines[change.target].downByProfile;
        if (isDown == (change.value == 0))
            return;
        isDown = change.value == 0;
        return isDown ? fell(change.target) : raise(change.target);
    }
    case What::LinkState: {
        bool& isDown = hosting_.links[change.target].downByProfile;
        if (isDown == (change.value == 0))
            return;
        isDown = change.value == 0;
        return isDown ? cutLink(change.target) : mendLink(change.target);
    }
    }
}

} // namespace shakedown::world
