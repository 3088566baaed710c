#include <algorithm>
#include <array>
#include <span>

#include "sim/world/hop.hpp"

namespace shakedown::world {

using kernel::EventClass;

namespace {
constexpr std::size_t branchesAtOnce = 16;
}

void World::dropStrand(Strand& strand) {
    Task& task = tasks_[strand.task];
    (strand.previous == nothing ? task.firstStrand : strands_[strand.previous].next) = strand.next;
    if (strand.next != nothing)
        strands_[strand.next].previous = strand.previous;
    if (strand.state == StrandState::Working)
        platform_.cancelWork(replicas_[task.replica].host, strand.work);
    if (strand.state == StrandState::Waiting)
        kernel_.cancel(strand.work.handle);
    for (std::uint32_t next = strand.firstBranch; next != nothing; next = calls_[next].nextBranch)
        calls_[next].strand = nothing; // runs on for nobody
    strands_.giveBack(strand);
}

// Executes ops until one takes time. What ends at once continues in this loop, so the stack grows
// with the depth of the call graph only.
void World::run(Strand& strand) {
    strand.onStack = true;
    strand.state = StrandState::Running;
    for (;;) {
        Op const& op = plan_.ops[strand.pc];
        bool goesOn = true;
        // Told apart by branches that a processor learns to foresee.
        if (op.code == OpCode::Work) {
            if (!stepWork(strand, op))
                return;
            continue;
        }
        if (op.code == OpCode::End)
            return mayEndExpress(strand) ? endExpressTask(strand, tasks_[strand.task])
                                         : strandEnded(strand, Cause::None);
        switch (op.code) {
        case OpCode::Wait: {
            if (needsWorker(strand))
                return;
            auto const& stream = endpointStreams_[endpointOf(tasks_[strand.task])];
            ++strand.pc;
            goesOn = stepWait(strand, plan_.laws[op.a].draw(stream, tasks_[strand.task].key,
                                                            drawStep(strand, op)));
            break;
        }
        case OpCode::WaitByLoad: {
            if (needsWorker(strand))
                return;
            auto const& wait = plan_.loadWaits[op.a];
            std::int64_t const inService = replicas_[tasks_[strand.task].replica].busy;
            ++strand.pc;
            goesOn = stepWait(strand, wait.base + wait.slope * inService);
            break;
        }
        case OpCode::Call:
            goesOn = stepCall(strand, op);
            break;
        case OpCode::Fork:
            goesOn = stepFork(strand, op);
            break;
        case OpCode::Choose:
            stepChoose(strand, op);
            break;
        case OpCode::LoopBegin:
            detailsOf(strand).loops[op.loop] = op.a;
            strand.pc = op.a == 0 ? op.b : strand.pc + 1;
            break;
        case OpCode::LoopEnd:
            if (--detailsOf(strand).loops[op.loop] > 0) {
                ++strand.turn;
                strand.pc = op.b;
            } else {
                if (op.loop == 0)
                    strand.turn = firstTurnOf(strand);
                ++strand.pc;
            }
            break;
        case OpCode::Jump:
            strand.pc = op.b;
            break;
        case OpCode::Fail:
            goesOn = stepFail(strand, op);
            break;
        case OpCode::Reply:
            ++strand.pc;
            if (!tasks_[strand.task].replied)
                reply(tasks_[strand.task], Cause::None);
            break;
        case OpCode::Degrade:
            tasks_[strand.task].degraded = true;
            ++strand.pc;
            break;
        case OpCode::Work:
        case OpCode::End:
            break;
        }
        if (!goesOn)
            return;
    }
}

bool World::awaitWorker(Strand& strand) {
    Replica& replica = replicas_[tasks_[strand.task].replica];
    if (replica.busy < plan_.services[replica.service].workers
        && replica.readyHead >= replica.ready.size()) {
        strand.holdsWorker = true;
        takeWorker(replica);
        return false;
    }
    strand.state = StrandState::AwaitingWorker;
    strand.onStack = false;
    replica.ready.push_back(strand.index);
    return true;
}

void World::returnWorker(Strand& strand) {
    strand.holdsWorker = false;
    std::uint32_t const replica = tasks_[strand.task].replica;
    releaseWorker(replicas_[replica]);
}

Duration World::slowed(Duration amount, Task const& task, Replica const& replica) const {
    for (auto const& m : replica.slow)
        if (m.factor != 1 && (m.endpoint == nothing || m.endpoint == endpointOf(task)))
            amount = amount * m.factor;
    return amount;
}

bool World::stepWork(Strand& strand, Op const& op) {
    if (needsWorker(strand))
        return false;
    Task const& task = tasks_[strand.task];
    Replica const& replica = replicas_[task.replica];
    Duration amount =
        plan_.laws[op.a].draw(endpointStreams_[endpointOf(task)], task.key, drawStep(strand, op));
    if (replica.disturbed)
        amount = slowed(amount, task, replica);
    ++strand.pc;
    if (amount == Duration())
        return true;
    services_[replica.service].counters.coreArea += amount.inSeconds();
    strand.state = StrandState::Working;
    strand.onStack = false;
    kernel::Event const done = eventOf(EventKind::WorkDone, strand);
    strand.work =
        replica.worksAlone
            ? platform::WorkHandle{kernel_.schedule(now() + amount, EventClass::Completion, done)}
            : platform_.startWork(replica.host, amount, done);
    return false;
}

bool World::stepWait(Strand& strand, Duration lasts) {
    if (lasts == Duration())
        return true;
    strand.state = StrandState::Waiting;
    strand.onStack = false;
    strand.work = {kernel_.schedule(kernel_.now() + lasts, EventClass::Completion,
                                    eventOf(EventKind::WaitDone, strand))};
    return false;
}

bool World::stepCall(Strand& strand, Op const& op) {
    ++strand.pc;
    strand.state = StrandState::Calling;
    strand.resumeCause = Cause::None;
    giveWorkerBack(strand);
    call(strand, op, 0);
    if (strand.state == StrandState::Calling) {
        strand.onStack = false;
        return false;
    }
    return strand.resumeCause == Cause::None || failAt(strand, strand.resumeCause);
}

bool World::stepFork(Strand& strand, Op const& op) {
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
    std::span<Fork::Branch const> left = fork.branches;
    while (!left.empty()) {
        auto const some = std::min(left.size(), branchesAtOnce);
        callBranches(strand, left.first(some));
        left = left.subspan(some);
    }
    if (strand.state == StrandState::Joining) {
        strand.onStack = false;
        return false;
    }
    return strand.resumeCause == Cause::None || failAt(strand, strand.resumeCause);
}

// Draws for all of them first: draws do not wait for each other.
void World::callBranches(Strand& strand, std::span<Fork::Branch const> branches) {
    std::array<CallSeed, branchesAtOnce> seeds;
    for (std::size_t i = 0; i < branches.size(); ++i) {
        Op const& op = plan_.ops[branches[i].pc];
        if (branches[i].isLoneCall && goesExpress(op.a))
            seeds[i] = seedOf(op.a, keyOfCall(strand, op));
    }
    std::uint32_t const serial = strand.joins;
    for (std::size_t i = 0; i < branches.size(); ++i) {
        auto const& [pc, isLoneCall] = branches[i];
        if (!isLoneCall)
            run(newBranch(strand, pc, serial));
        else if (goesExpress(plan_.ops[pc].a))
            expressCall(strand, plan_.ops[pc], serial, seeds[i]);
        else
            call(strand, plan_.ops[pc], serial);
    }
}

Strand& World::newBranch(Strand const& parent, std::uint32_t pc, std::uint32_t serial) {
    Strand& branch = newStrand(tasks_[parent.task], pc);
    branch.isBranch = true;
    branch.async = parent.async;
    StrandDetails& details = detailsOf(branch);
    details.parent = parent.index;
    details.parentGeneration = parent.generation;
    details.joinSerial = serial;
    // So that each pass of the parent through a loop draws its own numbers here.
    branch.turn = details.firstTurn = parent.turn << 12;
    return branch;
}

void World::stepChoose(Strand& strand, Op const& op) {
    Task const& task = tasks_[strand.task];
    Choice const& choice = plan_.choices[op.a];
    double const u = endpointStreams_[endpointOf(task)].uniform(task.key, drawStep(strand, op));
    std::uint32_t goal = choice.otherwise;
    for (std::size_t i = 0; i < choice.upTo.size(); ++i)
        if (u < choice.upTo[i]) {
            goal = choice.goTo[i];
            break;
        }
    strand.pc = goal;
}

bool World::stepFail(Strand& strand, Op const& op) {
    Task const& task = tasks_[strand.task];
    double const u = endpointStreams_[endpointOf(task)].uniform(task.key, drawStep(strand, op));
    ++strand.pc;
    return u >= plan_.shares[op.a] || failAt(strand, Cause::Injected);
}

// The op before the program counter has failed: to its handler, or the strand ends.
bool World::failAt(Strand& strand, Cause cause) {
    // Behind a fork stands the jump over its branches; the fork itself is the op before.
    std::uint32_t const handler = plan_.ops[strand.pc - 1].onFail;
    if (handler == nothing) {
        strandEnded(strand, cause);
        return false;
    }
    strand.pc = handler;
    strand.turn = firstTurnOf(strand);
    return true;
}

// What the strand waited for is over. If its interpreter stands further up the stack, that one
// goes on; else it is started again.
void World::wake(Strand& strand, Cause cause) {
    strand.state = StrandState::Running;
    strand.resumeCause = cause;
    if (strand.onStack)
        return;
    if (cause != Cause::None && !failAt(strand, cause))
        return;
    run(strand);
}

void World::callEnded(Strand& strand, std::uint32_t joinSerial, Cause cause, bool degraded) {
    if (degraded)
        tasks_[strand.task].degraded = true;
    if (joinSerial == 0)
        wake(strand, cause);
    else
        branchEnded(strand, joinSerial, cause);
}

void World::strandEnded(Strand& strand, Cause cause) {
    strand.onStack = false;
    strand.state = StrandState::Running;
    Task& task = tasks_[strand.task];
    giveWorkerBack(strand);
    if (!strand.isBranch) {
        dropStrand(strand);
        return mainStrandEnded(task, cause);
    }
    StrandDetails const& details = detailsOf(strand);
    Ref const parent{details.parent, details.parentGeneration};
    std::uint32_t const serial = details.joinSerial;
    dropStrand(strand);
    if (task.state == TaskState::Ended)
        return maybeFree(task);
    if (Strand* const joined = strands_.find(parent))
        branchEnded(*joined, serial, cause);
}

// A branch has ended, and there are not others that must end too.
void World::joinMayEnd(Strand& strand) {
    bool const early = strand.joinWhen == model::Return::Early;
    bool const enough = strand.joinSucceeded >= strand.joinNeed;
    bool const hopeless = strand.joinSucceeded + strand.joinOpen < strand.joinNeed;
    if (strand.joinOpen > 0 && !(early && (enough || hopeless)))
        return;
    bool const someFailed = strand.joinCount - strand.joinOpen > strand.joinSucceeded;
    if (enough && someFailed)
        tasks_[strand.task].degraded = true;
    if (strand.joinOpen > 0)
        leaveBranches(strand);
    wake(strand, enough ? Cause::None : Cause::ErrorReply);
}

// Its calls have nobody left to answer to.
void World::abandonCalls(Strand& strand) {
    if (strand.call != nothing)
        abandonCall(calls_[strand.call]);
    while (strand.firstBranch != nothing)
        abandonCall(calls_[strand.firstBranch]);
}

// Answered early: branches whose call says cancel are withdrawn, the others run on for nobody.
void World::leaveBranches(Strand& parent) {
    auto const isWithdrawn = [&](Call const& call) { return plan_.edges[call.edge].policy.cancel; };
    for (std::uint32_t next = parent.firstBranch; next != nothing;) {
        Call& call = calls_[next];
        next = call.nextBranch;
        if (call.joinSerial == parent.joins && isWithdrawn(call))
            abandonCall(call);
    }
    for (std::uint32_t next = tasks_[parent.task].firstStrand; next != nothing;) {
        Strand& branch = strands_[next];
        next = branch.next;
        if (!branch.isBranch)
            continue;
        StrandDetails const& details = detailsOf(branch);
        bool const belongs = details.parent == parent.index && details.joinSerial == parent.joins
                             && details.parentGeneration == parent.generation;
        if (!belongs || branch.state != StrandState::Calling || branch.call == nothing
            || !isWithdrawn(calls_[branch.call]))
            continue;
        abandonCall(calls_[branch.call]);
        dropStrand(branch);
    }
}

} // namespace shakedown::world
