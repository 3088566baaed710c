#include "sim/world/hop.hpp"

namespace shakedown::world {

// Most hops of most systems meet nothing on their way: no guard but a timeout, a network without
// delay, a replica with a worker free. Those go in one piece here, a call from its beginning to
// its first step of work and from its last one to its caller. What happens, and in which order, is
// what the general way would have done (calls.cpp, network.cpp, tasks.cpp): same objects, same
// events, same digest; tests/properties holds the two against each other. Anything else is handed
// to the general way at the point where it differs.

void World::beginExpressCall(Caller const& caller, Request& request, std::uint32_t siteIndex,
                             CallSeed const& seed, SimTime deadline, std::uint32_t parentSpan) {
    ExpressSite const& site = expressSites_[siteIndex];
    ServiceState& callee = services_[site.callee];
    SimTime const now = kernel_.now();
    Duration const amount = seed.work;

    Call& call = calls_.take();
    call.edge = site.edge;
    joinStrand(call, caller);
    call.request = request.index;
    call.site = siteIndex;
    call.key = seed.key;
    call.caller = caller.number;
    call.isOfLoad = site.fromLoad;
    call.deadline = std::min(deadline, now + site.deadline);
    if (isTracing_)
        callSpans_.put(call.index).parent = parentSpan;
    auto& counters = callStates_[site.call].counters;
    ++counters.requests;
    if (now >= call.deadline || (callee.onlyListed == nothing && callee.listed.empty())) {
        ++request.parts;
        return attempt(call);
    }
    request.parts += 2; // the call and its task
    call.attempts = 1;
    ++counters.attempts;
    ++counters.pending;
    std::uint32_t const number = callee.onlyListed != nothing ? callee.onlyListed : pickFor(call);
    if (isTracing_)
        addSpan(call, number);
    if (site.hasTimeout || call.deadline != SimTime::never())
        armAttempt(call);

    Task& task = tasks_.take();
    task.call = call.index;
    task.request = call.request;
    task.site = siteIndex;
    task.replica = number == 0 ? callee.firstReplica : callee.replicas[number];
    task.key = seed.taskKey;
    if (isTracing_)
        taskSpans_.put(task.index) = callSpans_[call.index].current;
    if (site.propagatesDeadline)
        task.deadline = call.deadline;
    call.task = task.index;

    Replica& replica = replicas_[task.replica];
    bool const goesOn = replica.state == record::ReplicaState::Up && !replica.disturbed
                        && replica.busy < site.workers && replica.queued == 0;
    if (!goesOn)
        return arrive(task);
    ++callee.counters.arrived;
    ++callee.counters.started;
    takeWorker(replica);
    task.state = TaskState::Running;
    task.holdsWorker = true;
    if (record::Span* span = spanOf(task))
        span->arrived = span->started = now;
    Strand& strand = newStrand(task, site.entry);
    if (amount == Duration() || !replica.worksAlone)
        return run(strand); // which draws the same again
    ++strand.pc;
    callee.counters.coreArea += amount.inSeconds();
    strand.state = StrandState::Working;
    strand.work = {kernel_.schedule(now + amount, kernel::EventClass::Completion,
                                    eventOf(EventKind::WorkDone, strand))};
}

void World::onWorkDone(Strand& strand) {
    if (plan_.ops[strand.pc].code == OpCode::End && mayEndExpress(strand))
        endExpressTask(strand, tasks_[strand.task]);
    else
        run(strand);
}

void World::surveyExpressSites() {
    expressSites_.assign(plan_.sites.size(), {});
    for (std::size_t i = 0; i < expressSites_.size(); ++i) {
        Site const& site = plan_.sites[i];
        Edge const& edge = plan_.edges[site.edge];
        std::uint32_t const entry = plan_.endpoints[site.endpoint].entry;
        Op const& first = plan_.ops[entry];
        bool const works = first.code == OpCode::Work;
        expressSites_[i] = {edge.quick.isPlain,
                            edge.fromLoad,
                            edge.quick.propagatesDeadline,
                            !edge.quick.timeout.isNone(),
                            site.edge,
                            edge.callee,
                            edge.call,
                            plan_.services[edge.callee].workers,
                            site.endpoint,
                            entry,
                            works ? first.a : nothing,
                            first.step,
                            edge.quick.deadline};
    }
}

// The main strand of an attempt that came by an express call has done its last step.
void World::endExpressTask(Strand& strand, Task& task) {
    SimTime const now = kernel_.now();
    Replica& replica = replicas_[task.replica];
    Call& call = calls_[task.call];
    auto& counters = callStates_[expressSites_[task.site].call].counters;
    Request& request = requests_[task.request];
    bool const degraded = task.degraded;

    task.firstStrand = nothing;
    strands_.giveBack(strand);
    ++services_[replica.service].counters.finished;
    releaseWorker(replica);
    if (record::Span* span = spanOf(task))
        span->ended = span->answered = now;
    disarm(call.alarm);
    ++counters.succeeded;
    --counters.pending;
    tasks_.giveBack(task);

    Strand* const waiting = call.strand == nothing ? nullptr : &strands_[call.strand];
    std::uint32_t const serial = call.joinSerial;
    bool const isOfLoad = call.isOfLoad;
    leaveStrand(call);
    calls_.giveBack(call);
    if (isOfLoad)
        endRequest(request, degraded ? measure::Outcome::Degraded : measure::Outcome::Ok,
                   Cause::None);
    --request.parts; // the task; the call is told last, as ever
    partEnded(request);
    if (waiting == nullptr)
        return;
    if (degraded)
        tasks_[waiting->task].degraded = true;
    if (serial == 0)
        wake(*waiting, Cause::None);
    else
        branchEnded(*waiting, serial, Cause::None);
}

} // namespace shakedown::world
