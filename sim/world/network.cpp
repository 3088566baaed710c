#include <algorithm>

#include "sim/world/world.hpp"

namespace shakedown::world {

using kernel::EventClass;

namespace {

// Numbers of the draws of one attempt's messages; a retransmission draws afresh.
enum class NetworkDraw : std::uint64_t {
    Request = 1,
    Reply = 2,
    Connect = 3,
    Cancel = 4,
    Loss = 5,
    Modifier = 6
};

std::uint64_t drawOf(NetworkDraw what, Task const& task, bool isReply) {
    return static_cast<std::uint64_t>(what) + (isReply ? 8U : 0U)
           + (static_cast<std::uint64_t>(task.retransmissions) << 4);
}

bool concerns(NetworkModifier const& modifier, Task const& task, bool isReply) {
    if (modifier.endpoint != nothing && modifier.endpoint != task.endpoint)
        return false;
    if (modifier.direction == model::Direction::Both)
        return true;
    return (modifier.direction == model::Direction::Replies) == isReply;
}

// RFC 6298: an initial retransmission timeout of 200 ms (as Linux has it at least), doubling, at
// most two minutes, at most 15 times.
constexpr Duration firstRetransmission = Duration::milliseconds(200);
constexpr Duration longestRetransmission = Duration::seconds(120);
constexpr std::uint8_t mostRetransmissions = 15;

} // namespace

void World::transmit(std::uint32_t index, bool isReply) {
    Task& task = tasks_[index];
    Edge const& edge = plan_.edges[task.edge];
    LinkState& link = links_[edge.link];
    auto const& stream = networkStreams_[task.edge];
    Duration delay = edge.policy.latency.draw(
        stream, task.key,
        drawOf(isReply ? NetworkDraw::Reply : NetworkDraw::Request, task, isReply));
    bool const heldBack = replicas_[task.replica].heldBack > 0;
    if (!link.undisturbed() || link.holding > 0 || heldBack || edge.policy.loss > 0) {
        if (link.holding > 0) {
            link.held.push_back({tasks_.ref(index), isReply});
            return;
        }
        if (link.blocked > 0 || heldBack)
            return loseMessage(index, isReply);
        double passes = 1 - edge.policy.loss;
        for (auto const& m : link.modifiers) {
            if (!concerns(m, task, isReply))
                continue;
            passes *= 1 - m.loss;
            delay = delay
                    + m.add.draw(stream, task.key,
                                 drawOf(NetworkDraw::Modifier, task, isReply)
                                     + (static_cast<std::uint64_t>(m.id) << 16));
        }
        bool const lost =
            passes < 1
            && stream.uniform(task.key, drawOf(NetworkDraw::Loss, task, isReply)) >= passes;
        if (lost)
            return loseMessage(index, isReply);
    }
    if (delay == Duration())
        return deliver(index, isReply);
    kernel_.schedule(kernel_.now() + delay, EventClass::Completion,
                     taskEvent(isReply ? EventKind::ReplyArrives : EventKind::Deliver, index));
}

void World::deliver(std::uint32_t task, bool isReply) {
    if (isReply)
        replyArrives(task);
    else
        arrive(task);
}

// TCP sends again; a datagram is gone.
void World::loseMessage(std::uint32_t index, bool isReply) {
    Task& task = tasks_[index];
    bool const sendsAgain = plan_.edges[task.edge].policy.transport == model::Transport::Tcp
                            && task.retransmissions < mostRetransmissions;
    if (sendsAgain) {
        Duration const wait = std::min(
            longestRetransmission, firstRetransmission * (std::int64_t{1} << task.retransmissions));
        ++task.retransmissions;
        kernel_.schedule(kernel_.now() + wait, EventClass::Timer,
                         taskEvent(EventKind::Retransmit, index, isReply ? 1 : 0));
        return;
    }
    task.lost = true;
    if (task.call == nothing)
        settle(index);
}

// A caller that has given up has closed the connection: nothing is sent again.
void World::onRetransmit(std::uint32_t index, bool isReply) {
    if (tasks_[index].call != nothing)
        return transmit(index, isReply);
    tasks_[index].lost = true;
    settle(index);
}

void World::replyArrives(std::uint32_t index) {
    Task& task = tasks_[index];
    std::uint32_t const awaiting = task.call;
    if (awaiting != nothing
        && deferIfCallerHung(taskEvent(EventKind::ReplyArrives, index), calls_[awaiting]))
        return;
    Cause const cause = task.cause;
    bool const degraded = task.degraded;
    if (awaiting != nothing)
        calls_[awaiting].task = nothing;
    task.call = nothing;
    settle(index);
    if (awaiting == nothing)
        return;

    Call& call = calls_[awaiting];
    auto& counters = callStates_[plan_.edges[call.edge].call].counters;
    disarm(call.alarm);
    --counters.pending;
    if (cause == Cause::None) {
        ++counters.succeeded;
        if (record::Span* span = spanOf(call.request, call.span))
            span->answered = kernel_.now();
        tellBreaker(call, resilience::CallResult::Success);
        return attemptSucceeded(awaiting, degraded);
    }
    ++counters.errors;
    tellBreaker(call, resilience::CallResult::Failure);
    attemptFailed(awaiting, cause);
}

// Nothing more will come of the attempt on the caller's side: what it held there is given back.
void World::settle(std::uint32_t index) {
    Task& task = tasks_[index];
    if (task.settled)
        return;
    task.settled = true;
    if (task.state == TaskState::Travelling)
        task.state = TaskState::Ended;
    EdgePolicy const& policy = plan_.edges[task.edge].policy;
    std::uint32_t const number = replicas_[task.replica].number;
    if (task.countedAsOutstanding) {
        task.countedAsOutstanding = false;
        --edgeState(task.edge, task.callerInstance).views[number].outstanding;
    }
    bool const connectionLives = !task.lost && task.cause != Cause::Reset
                                 && task.cause != Cause::Refused && !policy.connect.isZero();
    if (connectionLives)
        ++edgeState(task.edge, task.callerInstance).idle[number];
    bool const gavePermit = task.holdsPermit;
    task.holdsPermit = false;
    std::uint32_t const edge = task.edge;
    std::uint32_t const instance = task.callerInstance;
    maybeFree(index);
    if (gavePermit)
        releasePermit(edge, instance);
}

void World::onCancelArrives(std::uint32_t index) {
    Task& task = tasks_[index];
    if (task.replied)
        return;
    if (task.state == TaskState::Travelling) {
        task.withdrawn = true;
        return;
    }
    if (task.state == TaskState::Queued || task.state == TaskState::Running)
        abortTask(index, Cause::Cancelled, false);
}

} // namespace shakedown::world
