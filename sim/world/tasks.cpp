#include <algorithm>

#include "sim/world/world.hpp"

namespace shakedown::world {

using record::ReplicaState;

void World::arrive(std::uint32_t index) {
    Task& task = tasks_[index];
    if (deferIfHung(taskEvent(EventKind::Deliver, index), task.replica))
        return;
    Replica& replica = replicas_[task.replica];
    task.arrived = kernel_.now();
    if (record::Span* span = spanOf(task.request, task.span))
        span->arrived = kernel_.now();
    if (task.withdrawn) {
        task.cause = Cause::Cancelled;
        return settle(index);
    }
    if (replica.state == ReplicaState::Down || replica.state == ReplicaState::Starting)
        return refuse(index, Cause::Refused);
    for (auto const& m : links_[linkOf(task)].modifiers)
        if (m.reset > 0 && (m.endpoint == nothing || m.endpoint == task.endpoint)
            && networkStreams_[task.edge].uniform(task.key, 7 + (std::uint64_t{m.id} << 16))
                   < m.reset)
            return refuse(index, Cause::Reset);
    if (replica.state == ReplicaState::Draining)
        return refuse(index, Cause::Draining);

    ServiceState& service = services_[replica.service];
    ServicePlan const& plan = plan_.services[replica.service];
    ++service.counters.arrived;
    if (metersTasks_) {
        task.windows = windowsOpen_;
        for (std::uint32_t const meter :
             {serviceMeters_[replica.service], endpointMeters_[task.endpoint]})
            if (meter != nothing)
                for (std::uint64_t left = windowsOpen_; left != 0; left &= left - 1)
                    ++evidence_.subjects[meter]
                          .windows[static_cast<std::size_t>(std::countr_zero(left))]
                          .offered;
        for (std::uint32_t const meter :
             {serviceSeconds_[replica.service], endpointSeconds_[task.endpoint]})
            if (meter != nothing)
                offerSecond(meter);
    }
    bool const someoneWaits = replica.queued > 0 || replica.readyHead < replica.ready.size();
    if (replica.busy < plan.workers && !someoneWaits)
        return begin(index);
    if (plan.capacity == nothing || replica.queued < plan.capacity)
        return enqueue(index, task.replica);
    ++service.counters.rejected;
    beginPressure(task.replica, record::Pressure::QueueFull);
    meterTask(task, Cause::QueueFull);
    refuse(index, Cause::QueueFull);
}

void World::enqueue(std::uint32_t index, std::uint32_t replicaIndex) {
    Task& task = tasks_[index];
    Replica& replica = replicas_[replicaIndex];
    ServicePlan const& plan = plan_.services[replica.service];
    if (plan.queue.order == model::QueueOrder::Priority) {
        int const priority = plan_.endpoints[task.endpoint].priority
                             + plan_.loads[requests_[task.request].load].priority;
        auto const found = std::find(plan_.priorities.begin(), plan_.priorities.end(), priority);
        task.line = static_cast<std::uint16_t>(found - plan_.priorities.begin());
    }
    if (replica.lines.size() <= task.line)
        replica.lines.resize(task.line + 1U);
    Line& line = replica.lines[task.line];
    task.state = TaskState::Queued;
    task.previous = line.last;
    task.next = nothing;
    if (line.last == nothing)
        line.first = index;
    else
        tasks_[line.last].next = index;
    line.last = index;
    if (replica.queued++ == 0)
        replica.notEmptySince = kernel_.now();
    setQueued(replica.service, +1);
    if (waitLanes_[replica.service] != nothing)
        task.queueAlarm.lane = kernel_.startTimer(waitLanes_[replica.service],
                                                  taskEvent(EventKind::QueueExpired, index));
    if (replica.busy < plan.workers)
        putOnAgenda(replicaIndex);
}

void World::unlink(std::uint32_t index) {
    Task& task = tasks_[index];
    Replica& replica = replicas_[task.replica];
    Line& line = replica.lines[task.line];
    (task.previous == nothing ? line.first : tasks_[task.previous].next) = task.next;
    (task.next == nothing ? line.last : tasks_[task.next].previous) = task.previous;
    task.previous = task.next = nothing;
    if (--replica.queued == 0)
        replica.notEmptySince = SimTime::never();
    setQueued(replica.service, -1);
    disarm(task.queueAlarm);
}

std::uint32_t World::takeFromQueue(std::uint32_t replicaIndex) {
    Replica& replica = replicas_[replicaIndex];
    auto const& rules = plan_.services[replica.service].queue;
    bool const newestFirst =
        rules.order == model::QueueOrder::Lifo
        || (rules.order == model::QueueOrder::AdaptiveLifo && replica.queued > 0
            && kernel_.now() - replica.notEmptySince > rules.interval);
    for (auto const& line : replica.lines) {
        if (line.first == nothing)
            continue;
        std::uint32_t const task = newestFirst ? line.last : line.first;
        unlink(task);
        return task;
    }
    return nothing;
}

bool World::shallDrop(Task const& task, Replica& replica) {
    auto const& rules = plan_.services[replica.service].queue;
    SimTime const now = kernel_.now();
    if (rules.order == model::QueueOrder::Codel && replica.codel.shallDrop(now, now - task.arrived))
        return true;
    switch (rules.drop) {
    case model::Drop::None:
        return false;
    case model::Drop::Expired:
        return now >= task.expires;
    case model::Drop::Hopeless:
        break;
    }
    auto const& seen = serviceTimes_[task.endpoint];
    return now + Duration::fromSeconds(seen.sum / seen.weight) >= task.expires;
}

void World::feed(std::uint32_t replicaIndex) {
    Replica& replica = replicas_[replicaIndex];
    std::uint32_t const workers = plan_.services[replica.service].workers;
    while (replica.busy < workers
           && (replica.state == ReplicaState::Up || replica.state == ReplicaState::Draining)) {
        if (replica.readyHead < replica.ready.size()) {
            std::uint32_t const strand = replica.ready[replica.readyHead++];
            if (replica.readyHead == replica.ready.size()) {
                replica.ready.clear();
                replica.readyHead = 0;
            }
            Strand& s = strands_[strand];
            if (!s.live || s.state != StrandState::AwaitingWorker
                || tasks_[s.task].replica != replicaIndex)
                continue;
            s.holdsWorker = true;
            ++replica.busy;
            setBusy(replica.service, +1);
            run(strand);
            continue;
        }
        if (replica.queued == 0)
            break;
        std::uint32_t const next = takeFromQueue(replicaIndex);
        if (shallDrop(tasks_[next], replica)) {
            dropQueued(next, Cause::Shed);
            continue;
        }
        ++services_[replica.service].counters.waited;
        begin(next);
    }
    if (replica.state == ReplicaState::Draining)
        stopIfDrained(replicaIndex);
}

void World::putOnAgenda(std::uint32_t replica) {
    if (replicas_[replica].feeding)
        return;
    replicas_[replica].feeding = true;
    agenda_.push_back(replica);
}

// A worker takes the request.
void World::begin(std::uint32_t index) {
    Task& task = tasks_[index];
    Replica& replica = replicas_[task.replica];
    bool const async = plan_.services[replica.service].async;
    task.state = TaskState::Running;
    task.started = kernel_.now();
    task.holdsWorker = !async;
    ++replica.busy;
    setBusy(replica.service, +1);
    ++services_[replica.service].counters.started;
    if (record::Span* span = spanOf(task.request, task.span))
        span->started = kernel_.now();
    std::uint32_t const strand = newStrand(index, plan_.endpoints[task.endpoint].entry, nothing);
    strands_[strand].async = strands_[strand].holdsWorker = async;

    auto const& stream = serviceStreams_[replica.service];
    for (auto const& m : replica.errors) {
        bool const concerned = m.endpoint == nothing || m.endpoint == task.endpoint;
        if (concerned && stream.uniform(task.key, 1 + (std::uint64_t{m.id} << 8)) < m.share)
            return strandEnded(strand, Cause::Injected);
    }
    Duration pause;
    for (auto const& m : replica.slow) {
        bool const concerned = m.endpoint == nothing || m.endpoint == task.endpoint;
        if (concerned)
            pause = pause + m.add.draw(stream, task.key, 2 + (std::uint64_t{m.id} << 8));
    }
    if (pause == Duration())
        return run(strand);
    strands_[strand].state = StrandState::Waiting;
    strands_[strand].wait = kernel_.schedule(kernel_.now() + pause, kernel::EventClass::Completion,
                                             strandEvent(EventKind::WaitDone, strand));
}

// The callee says no before any work was done.
void World::refuse(std::uint32_t index, Cause cause) {
    Task& task = tasks_[index];
    task.state = TaskState::Ended;
    task.cause = cause;
    task.replied = true;
    if (record::Span* span = spanOf(task.request, task.span))
        span->ended = kernel_.now();
    transmit(index, true);
}

void World::dropQueued(std::uint32_t index, Cause cause) {
    Task& task = tasks_[index];
    if (cause == Cause::QueueTimeout)
        unlink(index);
    ++services_[replicas_[task.replica].service].counters.dropped;
    meterTask(task, cause);
    refuse(index, cause);
}

void World::reply(std::uint32_t index, Cause cause) {
    Task& task = tasks_[index];
    task.replied = true;
    task.cause = cause;
    if (record::Span* span = spanOf(task.request, task.span))
        span->ended = kernel_.now();
    meterTask(task, cause);
    transmit(index, true);
}

void World::meterTask(Task const& task, Cause cause) {
    if (!metersTasks_)
        return;
    std::uint32_t const service = replicas_[task.replica].service;
    Duration const took = kernel_.now() - task.arrived;
    bool const good = cause == Cause::None;
    bool const refused =
        cause == Cause::QueueFull || cause == Cause::QueueTimeout || cause == Cause::Shed;
    auto const outcome = good ? (task.degraded ? measure::Outcome::Degraded : measure::Outcome::Ok)
                         : refused ? measure::Outcome::Rejected
                                   : measure::Outcome::Failed;
    for (std::uint32_t const meter : {serviceMeters_[service], endpointMeters_[task.endpoint]})
        if (meter != nothing)
            for (std::uint64_t left = task.windows; left != 0; left &= left - 1)
                evidence_.subjects[meter]
                    .windows[static_cast<std::size_t>(std::countr_zero(left))]
                    .end(outcome, took, good);
    for (std::uint32_t const meter : {serviceSeconds_[service], endpointSeconds_[task.endpoint]})
        if (meter != nothing)
            meterSecond(meter, task.arrived, good, took, good);
}

void World::mainStrandEnded(std::uint32_t index, Cause cause) {
    Task& task = tasks_[index];
    Replica& replica = replicas_[task.replica];
    auto& seen = serviceTimes_[task.endpoint];
    seen.sum += (kernel_.now() - task.started).inSeconds();
    seen.weight += 1;
    auto& counters = services_[replica.service].counters;
    ++(cause == Cause::None ? counters.finished : counters.failed);
    task.state = TaskState::Ended;
    if (task.holdsWorker) {
        task.holdsWorker = false;
        releaseWorker(replica, task.replica);
    }
    if (task.replied)
        return maybeFree(index);
    reply(index, cause == Cause::None || cause == Cause::Injected ? cause : Cause::ErrorReply);
}

void World::releaseWorker(Replica& replica, std::uint32_t index) {
    require(replica.busy > 0, "a worker that is given back was busy");
    --replica.busy;
    setBusy(replica.service, -1);
    bool const someoneWaits = replica.queued > 0 || replica.readyHead < replica.ready.size();
    if (someoneWaits || replica.state == ReplicaState::Draining)
        putOnAgenda(index);
}

// Ends what a replica holds before its time: the process died, or the caller took it back.
void World::abortTask(std::uint32_t index, Cause cause, bool sendsReset) {
    Task& task = tasks_[index];
    Replica& replica = replicas_[task.replica];
    if (task.state == TaskState::Queued)
        unlink(index);
    while (task.firstStrand != nothing) {
        std::uint32_t const strand = task.firstStrand;
        if (strands_[strand].call != nothing) {
            std::uint32_t const call = strands_[strand].call;
            bool const withdraw = plan_.edges[calls_[call].edge].policy.cancel;
            abandonCall(call, withdraw);
        }
        giveWorkerBack(strands_[strand]);
        dropStrand(strand);
    }
    if (task.holdsWorker) {
        task.holdsWorker = false;
        releaseWorker(replica, task.replica);
    }
    ++services_[replica.service].counters.failed;
    task.state = TaskState::Ended;
    if (task.replied)
        return maybeFree(index);
    meterTask(task, cause);
    if (record::Span* span = spanOf(task.request, task.span))
        span->ended = kernel_.now();
    task.replied = true;
    task.cause = cause;
    if (sendsReset)
        transmit(index, true);
    else
        settle(index);
}

void World::maybeFree(std::uint32_t index) {
    Task& task = tasks_[index];
    if (task.state != TaskState::Ended || !task.settled || task.firstStrand != nothing)
        return;
    std::uint32_t const request = task.request;
    tasks_.giveBack(index);
    partEnded(request);
}

} // namespace shakedown::world
