#include <algorithm>

#include "sim/world/world.hpp"

namespace shakedown::world {

using kernel::EventClass;

std::uint32_t World::newStrand(std::uint32_t taskIndex, std::uint32_t pc, std::uint32_t parent) {
    std::uint32_t const index = strands_.take();
    Strand& strand = strands_[index];
    Task& task = tasks_[taskIndex];
    strand.task = taskIndex;
    strand.pc = pc;
    strand.parent = parent;
    if (parent != nothing) {
        strand.parentGeneration = strands_[parent].generation;
        strand.joinSerial = strands_[parent].joins;
        strand.async = strands_[parent].async;
    }
    strand.next = task.firstStrand;
    if (strand.next != nothing)
        strands_[strand.next].previous = index;
    task.firstStrand = index;
    return index;
}

void World::dropStrand(std::uint32_t index) {
    Strand& strand = strands_[index];
    Task& task = tasks_[strand.task];
    if (strand.previous == nothing)
        task.firstStrand = strand.next;
    else
        strands_[strand.previous].next = strand.next;
    if (strand.next != nothing)
        strands_[strand.next].previous = strand.previous;
    if (strand.state == StrandState::Working)
        platform_.cancelWork(replicas_[task.replica].host, strand.work);
    if (strand.state == StrandState::Waiting)
        kernel_.cancel(strand.wait);
    strands_.giveBack(index);
}

// Executes ops until one takes time. What ends at once continues in this loop, so the stack grows
// with the depth of the call graph only.
void World::run(std::uint32_t index) {
    Strand& strand = strands_[index];
    strand.onStack = true;
    strand.state = StrandState::Running;
    for (;;) {
        Op const op = plan_.ops[strand.pc];
        bool goesOn = true;
        switch (op.code) {
        case OpCode::Work:
            goesOn = stepWork(index, op);
            break;
        case OpCode::Wait: {
            if (needsWorker(strand, index))
                return;
            auto const& stream = endpointStreams_[tasks_[strand.task].endpoint];
            ++strand.pc;
            goesOn = stepWait(index, plan_.laws[op.a].draw(stream, tasks_[strand.task].key,
                                                           drawStep(strand, op)));
            break;
        }
        case OpCode::WaitByLoad: {
            if (needsWorker(strand, index))
                return;
            auto const& wait = plan_.loadWaits[op.a];
            std::int64_t const inService = replicas_[tasks_[strand.task].replica].busy;
            ++strand.pc;
            goesOn = stepWait(index, wait.base + wait.slope * inService);
            break;
        }
        case OpCode::Call:
            goesOn = stepCall(index, op);
            break;
        case OpCode::Fork:
            goesOn = stepFork(index, op);
            break;
        case OpCode::Choose:
            stepChoose(index, op);
            break;
        case OpCode::LoopBegin:
            strand.loops[op.loop] = op.a;
            strand.pc = op.a == 0 ? op.b : strand.pc + 1;
            break;
        case OpCode::LoopEnd:
            if (--strand.loops[op.loop] > 0) {
                ++strand.turn;
                strand.pc = op.b;
            } else {
                if (op.loop == 0)
                    strand.turn = 0;
                ++strand.pc;
            }
            break;
        case OpCode::Jump:
            strand.pc = op.b;
            break;
        case OpCode::Fail:
            goesOn = stepFail(index, op);
            break;
        case OpCode::Reply:
            ++strand.pc;
            if (!tasks_[strand.task].replied)
                reply(strand.task, Cause::None);
            break;
        case OpCode::Degrade:
            tasks_[strand.task].degraded = true;
            ++strand.pc;
            break;
        case OpCode::End:
            return strandEnded(index, Cause::None);
        }
        if (!goesOn)
            return;
    }
}

bool World::awaitWorker(std::uint32_t index) {
    Strand& strand = strands_[index];
    Replica& replica = replicas_[tasks_[strand.task].replica];
    if (replica.busy < plan_.services[replica.service].workers
        && replica.readyHead >= replica.ready.size()) {
        strand.holdsWorker = true;
        ++replica.busy;
        setBusy(replica.service, +1);
        return false;
    }
    strand.state = StrandState::AwaitingWorker;
    strand.onStack = false;
    replica.ready.push_back(index);
    return true;
}

void World::returnWorker(Strand& strand) {
    strand.holdsWorker = false;
    std::uint32_t const replica = tasks_[strand.task].replica;
    releaseWorker(replicas_[replica], replica);
}

bool World::stepWork(std::uint32_t index, Op const& op) {
    Strand& strand = strands_[index];
    if (needsWorker(strand, index))
        return false;
    Task const& task = tasks_[strand.task];
    Replica const& replica = replicas_[task.replica];
    Duration amount =
        plan_.laws[op.a].draw(endpointStreams_[task.endpoint], task.key, drawStep(strand, op));
    for (auto const& m : replica.slow)
        if (m.factor != 1 && (m.endpoint == nothing || m.endpoint == task.endpoint))
            amount = amount * m.factor;
    ++strand.pc;
    if (amount == Duration())
        return true;
    services_[replica.service].counters.coreArea += amount.inSeconds();
    strand.state = StrandState::Working;
    strand.onStack = false;
    strand.work =
        platform_.startWork(replica.host, amount, strandEvent(EventKind::WorkDone, index));
    return false;
}

bool World::stepWait(std::uint32_t index, Duration lasts) {
    if (lasts == Duration())
        return true;
    Strand& strand = strands_[index];
    strand.state = StrandState::Waiting;
    strand.onStack = false;
    strand.wait = kernel_.schedule(kernel_.now() + lasts, EventClass::Completion,
                                   strandEvent(EventKind::WaitDone, index));
    return false;
}

bool World::stepCall(std::uint32_t index, Op const& op) {
    Strand& strand = strands_[index];
    Task const& task = tasks_[strand.task];
    ++strand.pc;
    strand.state = StrandState::Calling;
    strand.resumeCause = Cause::None;
    giveWorkerBack(strand);
    beginCall(index, task.request, op.a,
              chance::mixKey(task.key, drawStep(strand, op) | (std::uint64_t{1} << 40)),
              replicas_[task.replica].number, task.deadline, task.span);
    if (strand.state == StrandState::Calling) {
        strand.onStack = false;
        return false;
    }
    return strand.resumeCause == Cause::None || failAt(index, strand.resumeCause);
}

bool World::stepFork(std::uint32_t index, Op const& op) {
    Strand& strand = strands_[index];
    Fork const& fork = plan_.forks[op.a];
    ++strand.pc;
    if (fork.branches.empty())
        return true;
    ++strand.joins;
    strand.joinOpen = strand.joinCount = static_cast<std::uint16_t>(fork.branches.size());
    strand.joinSucceeded = 0;
    strand.joinNeed = static_cast<std::uint16_t>(fork.need);
    strand.joinWhen = fork.when;
    strand.state = StrandState::Joining;
    strand.resumeCause = Cause::None;
    giveWorkerBack(strand);
    for (std::uint32_t const pc : fork.branches)
        run(newStrand(strand.task, pc, index));
    if (strand.state == StrandState::Joining) {
        strand.onStack = false;
        return false;
    }
    return strand.resumeCause == Cause::None || failAt(index, strand.resumeCause);
}

void World::stepChoose(std::uint32_t index, Op const& op) {
    Strand& strand = strands_[index];
    Task const& task = tasks_[strand.task];
    Choice const& choice = plan_.choices[op.a];
    double const u = endpointStreams_[task.endpoint].uniform(task.key, drawStep(strand, op));
    std::uint32_t goal = choice.otherwise;
    for (std::size_t i = 0; i < choice.upTo.size(); ++i)
        if (u < choice.upTo[i]) {
            goal = choice.goTo[i];
            break;
        }
    strand.pc = goal;
}

bool World::stepFail(std::uint32_t index, Op const& op) {
    Strand& strand = strands_[index];
    Task const& task = tasks_[strand.task];
    double const u = endpointStreams_[task.endpoint].uniform(task.key, drawStep(strand, op));
    ++strand.pc;
    return u >= plan_.shares[op.a] || failAt(index, Cause::Injected);
}

// The op before the program counter has failed: to its handler, or the strand ends.
bool World::failAt(std::uint32_t index, Cause cause) {
    Strand& strand = strands_[index];
    // Behind a fork stands the jump over its branches; the fork itself is the op before.
    std::uint32_t const handler = plan_.ops[strand.pc - 1].onFail;
    if (handler == nothing) {
        strandEnded(index, cause);
        return false;
    }
    strand.pc = handler;
    strand.turn = 0;
    return true;
}

// What the strand waited for is over. If its interpreter stands further up the stack, that one
// goes on; else it is started again.
void World::wake(std::uint32_t index, Cause cause) {
    Strand& strand = strands_[index];
    strand.state = StrandState::Running;
    strand.resumeCause = cause;
    if (strand.onStack)
        return;
    if (cause != Cause::None && !failAt(index, cause))
        return;
    run(index);
}

void World::callEnded(std::uint32_t index, Cause cause, bool degraded) {
    if (degraded)
        tasks_[strands_[index].task].degraded = true;
    wake(index, cause);
}

void World::strandEnded(std::uint32_t index, Cause cause) {
    Strand& strand = strands_[index];
    strand.onStack = false;
    strand.state = StrandState::Running;
    std::uint32_t const task = strand.task;
    std::uint32_t const parent = strand.parent;
    std::uint32_t const parentGeneration = strand.parentGeneration;
    std::uint32_t const serial = strand.joinSerial;
    giveWorkerBack(strand);
    dropStrand(index);
    if (parent == nothing)
        return mainStrandEnded(task, cause);
    if (tasks_[task].state == TaskState::Ended)
        return maybeFree(task);
    branchEnded(parent, parentGeneration, serial, cause);
}

void World::branchEnded(std::uint32_t parent, std::uint32_t parentGeneration, std::uint32_t serial,
                        Cause cause) {
    if (!strands_.alive({parent, parentGeneration}))
        return;
    Strand& strand = strands_[parent];
    if (strand.state != StrandState::Joining || strand.joins != serial)
        return;
    --strand.joinOpen;
    if (cause == Cause::None)
        ++strand.joinSucceeded;
    bool const early = strand.joinWhen == model::Return::Early;
    bool const enough = strand.joinSucceeded >= strand.joinNeed;
    bool const hopeless = strand.joinSucceeded + strand.joinOpen < strand.joinNeed;
    if (strand.joinOpen > 0 && !(early && (enough || hopeless)))
        return;
    bool const someFailed = strand.joinCount - strand.joinOpen > strand.joinSucceeded;
    if (enough && someFailed)
        tasks_[strand.task].degraded = true;
    if (strand.joinOpen > 0)
        leaveBranches(parent);
    wake(parent, enough ? Cause::None : Cause::ErrorReply);
}

// Answered early: branches whose call says cancel are withdrawn, the others run on for nobody.
void World::leaveBranches(std::uint32_t parent) {
    Strand const& joined = strands_[parent];
    std::uint32_t next = nothing;
    for (std::uint32_t i = tasks_[joined.task].firstStrand; i != nothing; i = next) {
        Strand const& branch = strands_[i];
        next = branch.next;
        bool const belongs = branch.parent == parent && branch.joinSerial == joined.joins
                             && branch.parentGeneration == joined.generation;
        if (!belongs || branch.state != StrandState::Calling || branch.call == nothing)
            continue;
        std::uint32_t const call = branch.call;
        if (!plan_.edges[calls_[call].edge].policy.cancel)
            continue;
        abandonCall(call, true);
        dropStrand(i);
    }
}

} // namespace shakedown::world
