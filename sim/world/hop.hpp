#pragma once

#include "sim/world/world.hpp"

/// The small steps that every hop takes, in a header so that they melt into their callers.
namespace shakedown::world {

[[gnu::always_inline]] inline void World::joinStrand(Call& call, Caller const& caller) {
    if (caller.strand == nullptr)
        return;
    Strand& strand = *caller.strand;
    call.strand = strand.index;
    call.joinSerial = caller.joinSerial;
    if (caller.joinSerial == 0) {
        strand.call = call.index;
        return;
    }
    call.nextBranch = strand.firstBranch;
    if (call.nextBranch != nothing)
        calls_[call.nextBranch].previousBranch = call.index;
    strand.firstBranch = call.index;
}

[[gnu::always_inline]] inline void World::leaveStrand(Call& call) {
    if (call.strand == nothing)
        return;
    Strand& strand = strands_[call.strand];
    call.strand = nothing;
    if (call.joinSerial == 0) {
        strand.call = nothing;
        return;
    }
    (call.previousBranch == nothing ? strand.firstBranch : calls_[call.previousBranch].nextBranch) =
        call.nextBranch;
    if (call.nextBranch != nothing)
        calls_[call.nextBranch].previousBranch = call.previousBranch;
}

[[gnu::always_inline]] inline SimTime World::armAttempt(Call& call) {
    std::uint32_t const edge = call.edge;
    Duration const timeout = plan_.edges[edge].quick.timeout;
    SimTime const timesOut = kernel_.now() + timeout;
    call.alarm = {};
    if (!timeout.isNone() && timesOut <= call.deadline)
        call.alarm = Alarm(
            kernel_.startTimer(timeoutLanes_[edge], eventOf(EventKind::AttemptExpired, call)));
    else if (call.deadline != SimTime::never())
        call.alarm = Alarm(kernel_.schedule(call.deadline, kernel::EventClass::Timer,
                                            eventOf(EventKind::AttemptExpired, call)));
    return std::min(call.deadline, timesOut);
}

[[gnu::always_inline]] inline Strand& World::newStrand(Task& task, std::uint32_t pc) {
    Strand& strand = strands_.take();
    strand.task = task.index;
    strand.pc = pc;
    strand.next = task.firstStrand;
    if (strand.next != nothing)
        strands_[strand.next].previous = strand.index;
    task.firstStrand = strand.index;
    return strand;
}

[[gnu::always_inline]] inline void World::takeWorker(Replica& replica) {
    ++replica.busy;
    services_[replica.service].busy.change(+1, now());
}

[[gnu::always_inline]] inline void World::putOnAgenda(Replica& replica) {
    if (replica.feeding)
        return;
    replica.feeding = true;
    agenda_.push_back(replica.index);
}

[[gnu::always_inline]] inline void World::releaseWorker(Replica& replica) {
    require(replica.busy > 0, "a worker that is given back was busy");
    --replica.busy;
    services_[replica.service].busy.change(-1, now());
    bool const someoneWaits = replica.queued > 0 || replica.readyHead < replica.ready.size();
    if (someoneWaits || replica.state == record::ReplicaState::Draining)
        putOnAgenda(replica);
}

[[gnu::always_inline]] inline World::CallSeed World::seedOf(std::uint32_t siteIndex,
                                                            Key key) const {
    ExpressSite const& site = expressSites_[siteIndex];
    CallSeed seed{key, chance::mixKey(key, 1), Duration()};
    if (site.law != nothing && services_[site.callee].queued.count() == 0)
        seed.work =
            plan_.laws[site.law].draw(endpointStreams_[site.endpoint], seed.taskKey, site.step);
    return seed;
}

// Begins the call of an op; its outcome goes to the strand, as a branch if `joinSerial` is not 0.
[[gnu::always_inline]] inline void World::call(Strand& strand, Op const& op,
                                               std::uint32_t joinSerial) {
    Key const key = keyOfCall(strand, op);
    if (goesExpress(op.a))
        return expressCall(strand, op, joinSerial, seedOf(op.a, key));
    Task const& task = tasks_[strand.task];
    Caller const caller{&strand, joinSerial, task.replica};
    beginCall(caller, requests_[task.request], op.a, key, task.deadline, spanAround(task));
}

[[gnu::always_inline]] inline void
World::expressCall(Strand& strand, Op const& op, std::uint32_t joinSerial, CallSeed const& seed) {
    Task const& task = tasks_[strand.task];
    Caller const caller{&strand, joinSerial, task.replica};
    beginExpressCall(caller, requests_[task.request], op.a, seed, task.deadline, spanAround(task));
}

[[gnu::always_inline]] inline void World::branchEnded(Strand& strand, std::uint32_t serial,
                                                      Cause cause) {
    if (strand.state != StrandState::Joining || strand.joins != serial)
        return;
    --strand.joinOpen;
    if (cause == Cause::None)
        ++strand.joinSucceeded;
    if (strand.joinOpen == 0 || strand.joinWhen == model::Return::Early)
        joinMayEnd(strand);
}

} // namespace shakedown::world
