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

bool concerns(NetworkModifier const& modifier, std::uint32_t endpoint, bool isReply) {
    if (modifier.endpoint != nothing && modifier.endpoint != endpoint)
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

void World::transmit(Task& task, bool isReply) {
    std::uint32_t const edgeIndex = siteOf(task).edge;
    Edge const& edge = plan_.edges[edgeIndex];
    if (edge.quick.isInstant && networkFaults_ == 0)
        return deliver(task, isReply);
    LinkState& link = links_[edge.link];
    auto const& stream = networkStreams_[edgeIndex];
    Duration delay = edge.policy.latency.draw(
        stream, task.key,
        drawOf(isReply ? NetworkDraw::Reply : NetworkDraw::Request, task, isReply));
    if (networkFaults_ > 0 && hosting_.isDisturbed() && !passesPlaces(task, isReply, delay))
        return;
    bool const heldBack = replicas_[task.replica].heldBack > 0;
    if (!link.undisturbed() || link.holding > 0 || heldBack || edge.policy.loss > 0) {
        if (link.holding > 0) {
            link.held.push_back({tasks_.refOf(task), isReply});
            return;
        }
        if (link.blocked > 0 || heldBack)
            return loseMessage(task, isReply);
        double passes = 1 - edge.policy.loss;
        for (auto const& m : link.modifiers) {
            if (!concerns(m, endpointOf(task), isReply))
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
            return loseMessage(task, isReply);
    }
    if (edge.quick.isCarried)
        return depart(task, isReply, delay);
    if (delay == Duration())
        return deliver(task, isReply);
    kernel_.schedule(kernel_.now() + delay, EventClass::Completion,
                     eventOf(isReply ? EventKind::ReplyArrives : EventKind::Deliver, task));
}

// A fault resets some of the connections on which a request arrives.
bool World::isReset(Task const& task) const {
    auto const& modifiers = links_[edgeOf(task).link].modifiers;
    return std::any_of(modifiers.begin(), modifiers.end(), [&](NetworkModifier const& m) {
        bool const concerned = m.endpoint == nothing || m.endpoint == endpointOf(task);
        return concerned && m.reset > 0
               && networkStreams_[siteOf(task).edge].uniform(task.key,
                                                             7 + (std::uint64_t{m.id} << 16))
                      < m.reset;
    });
}

void World::deliver(Task& task, bool isReply) {
    if (isReply)
        replyArrives(task);
    else
        arrive(task);
}

// TCP sends again; a datagram is gone.
void World::loseMessage(Task& task, bool isReply) {
    bool const sendsAgain = edgeOf(task).policy.transport == model::Transport::Tcp
                            && task.retransmissions < mostRetransmissions;
    if (sendsAgain) {
        Duration const wait = std::min(
            longestRetransmission, firstRetransmission * (std::int64_t{1} << task.retransmissions));
        ++task.retransmissions;
        kernel_.schedule(kernel_.now() + wait, EventClass::Timer,
                         eventOf(EventKind::Retransmit, task, isReply ? 1 : 0));
        return;
    }
    task.lost = true;
    if (task.call == nothing)
        settle(task);
}

// A caller that has given up has closed the connection: nothing is sent again.
void World::onRetransmit(Task& task, bool isReply) {
    if (task.call != nothing)
        return transmit(task, isReply);
    task.lost = true;
    settle(task);
}

void World::replyArrives(Task& task) {
    if (task.call == nothing)
        return settle(task);
    Call& call = calls_[task.call];
    if (deferIfCallerHung(eventOf(EventKind::ReplyArrives, task), call))
        return;
    Cause const cause = task.cause;
    bool const degraded = task.degraded;
    FailureKind const failure = task.failure;
    call.task = nothing;
    task.call = nothing;
    settle(task);
    auto& counters = callStates_[plan_.edges[call.edge].call].counters;
    disarm(call.alarm);
    if (cause == Cause::None) {
        ++counters.succeeded;
        if (record::Span* span = spanOf(call))
            span->answered = kernel_.now();
        attemptEnded(call, Cause::None, Told::All);
        return endCall(call, Cause::None, degraded);
    }
    ++counters.errors;
    call.failure = failure;
    attemptEnded(call, cause, Told::All);
    attemptFailed(call, cause);
}

// Nothing more will come of the attempt on the caller's side: what it held there is given back.
void World::settle(Task& task) {
    if (task.settled)
        return;
    task.settled = true;
    if (task.state == TaskState::Travelling)
        task.state = TaskState::Ended;
    if (task.countedAsOutstanding)
        countOff(task);
    std::uint32_t const edge = siteOf(task).edge;
    bool const connectionLives = plan_.edges[edge].quick.connects && !task.lost
                                 && task.cause != Cause::Reset && task.cause != Cause::Refused;
    if (connectionLives)
        ++idleAt(edgeState(edge, detailsOf(task).callerInstance), replicas_[task.replica].number);
    if (task.holdsPlace)
        closeConnection(task);
    if (!task.holdsPermit)
        return maybeFree(task);
    task.holdsPermit = false;
    std::uint32_t const instance = detailsOf(task).callerInstance;
    maybeFree(task);
    leaveGate(edge, instance, Guard::Bulkhead);
}

void World::onCancelArrives(Task& task) {
    if (task.replied)
        return;
    if (task.state == TaskState::Travelling) {
        task.withdrawn = true;
        return;
    }
    if (task.state == TaskState::Queued || task.state == TaskState::Running)
        abortTask(task, Cause::Cancelled, false);
}

} // namespace shakedown::world
