#include <algorithm>

#include "sim/world/hop.hpp"

namespace shakedown::world {

using record::ReplicaState;

void World::arrive(Task& task) {
    if (deferIfHung(eventOf(EventKind::Deliver, task), task.replica))
        return;
    Replica& replica = replicas_[task.replica];
    if (task.hasDetails)
        detailsOf(task).arrived = kernel_.now();
    if (record::Span* span = spanOf(task))
        span->arrived = kernel_.now();
    if (task.withdrawn) {
        task.cause = Cause::Cancelled;
        return settle(task);
    }
    if (replica.state == ReplicaState::Down || replica.state == ReplicaState::Starting)
        return refuse(task, Cause::Refused);
    if (networkFaults_ > 0 && isReset(task))
        return refuse(task, Cause::Reset);
    if (replica.state == ReplicaState::Draining)
        return refuse(task, Cause::Draining);

    ServiceState& service = services_[replica.service];
    ServicePlan const& plan = plan_.services[replica.service];
    ++service.counters.arrived;
    if (metersTasks_) {
        detailsOf(task).windows = windowsOpen_;
        for (std::uint32_t const meter :
             {serviceMeters_[replica.service], endpointMeters_[endpointOf(task)]})
            if (meter != nothing)
                for (std::uint64_t left = windowsOpen_; left != 0; left &= left - 1)
                    ++evidence_.subjects[meter]
                          .windows[static_cast<std::size_t>(std::countr_zero(left))]
                          .offered;
        for (std::uint32_t const meter :
             {serviceSeconds_[replica.service], endpointSeconds_[endpointOf(task)]})
            if (meter != nothing)
                offerSecond(meter);
    }
    if (plan.limit && !admitByLimit(task, replica))
        return shed(task, replica);
    bool const someoneWaits = replica.queued > 0 || replica.readyHead < replica.ready.size();
    if (replica.busy < plan.workers && !someoneWaits)
        return begin(task);
    if (plan.capacity == nothing || replica.queued < plan.capacity)
        return enqueue(task, replica);
    ++service.counters.rejected;
    beginPressure(replica, record::Pressure::QueueFull);
    meterTask(task, Cause::QueueFull);
    refuse(task, Cause::QueueFull);
}

void World::enqueue(Task& task, Replica& replica) {
    ServicePlan const& plan = plan_.services[replica.service];
    if (plan.queue.order == model::QueueOrder::Priority) {
        int const priority = plan_.endpoints[endpointOf(task)].priority
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
        line.first = task.index;
    else
        tasks_[line.last].next = task.index;
    line.last = task.index;
    if (replica.queued++ == 0)
        replica.notEmptySince = kernel_.now();
    ServiceState& service = services_[replica.service];
    service.queued.change(+1, now());
    service.counters.queueMax = std::max(service.counters.queueMax, service.queued.count());
    if (waitLanes_[replica.service] != nothing)
        detailsOf(task).queueAlarm = Alarm(kernel_.startTimer(
            waitLanes_[replica.service], eventOf(EventKind::QueueExpired, task)));
    if (replica.busy < plan.workers)
        putOnAgenda(replica);
}

void World::unlink(Task& task) {
    Replica& replica = replicas_[task.replica];
    Line& line = replica.lines[task.line];
    (task.previous == nothing ? line.first : tasks_[task.previous].next) = task.next;
    (task.next == nothing ? line.last : tasks_[task.next].previous) = task.previous;
    task.previous = task.next = nothing;
    if (--replica.queued == 0)
        replica.notEmptySince = SimTime::never();
    services_[replica.service].queued.change(-1, now());
    if (task.hasDetails)
        disarm(detailsOf(task).queueAlarm);
}

Task& World::takeFromQueue(Replica& replica) {
    auto const& rules = plan_.services[replica.service].queue;
    bool const newestFirst =
        rules.order == model::QueueOrder::Lifo
        || (rules.order == model::QueueOrder::AdaptiveLifo && replica.queued > 0
            && kernel_.now() - replica.notEmptySince > rules.interval);
    auto const line = std::find_if(replica.lines.begin(), replica.lines.end(),
                                   [](Line const& l) { return l.first != nothing; });
    require(line != replica.lines.end(), "a queue that is counted holds a request");
    Task& task = tasks_[newestFirst ? line->last : line->first];
    unlink(task);
    return task;
}

bool World::shallDrop(Task const& task, Replica& replica) {
    auto const& rules = plan_.services[replica.service].queue;
    SimTime const now = kernel_.now();
    if (rules.order == model::QueueOrder::Codel
        && replica.codel.shallDrop(now, now - detailsOf(task).arrived))
        return true;
    switch (rules.drop) {
    case model::Drop::None:
        return false;
    case model::Drop::Expired:
        return now >= detailsOf(task).expires;
    case model::Drop::Hopeless:
        break;
    }
    auto const& seen = serviceTimes_[endpointOf(task)];
    return now + Duration::fromSeconds(seen.sum / seen.weight) >= detailsOf(task).expires;
}

void World::feed(Replica& replica) {
    std::uint32_t const workers = plan_.services[replica.service].workers;
    while (replica.busy < workers
           && (replica.state == ReplicaState::Up || replica.state == ReplicaState::Draining)) {
        if (replica.readyHead < replica.ready.size()) {
            Strand& strand = strands_[replica.ready[replica.readyHead++]];
            if (replica.readyHead == replica.ready.size()) {
                replica.ready.clear();
                replica.readyHead = 0;
            }
            if (!strand.live || strand.state != StrandState::AwaitingWorker
                || tasks_[strand.task].replica != replica.index)
                continue;
            strand.holdsWorker = true;
            takeWorker(replica);
            run(strand);
            continue;
        }
        if (replica.queued == 0)
            break;
        Task& next = takeFromQueue(replica);
        if (shallDrop(next, replica)) {
            dropQueued(next, Cause::Shed);
            continue;
        }
        ++services_[replica.service].counters.waited;
        begin(next);
    }
    if (replica.state == ReplicaState::Draining)
        stopIfDrained(replica);
}

// A worker takes the request.
void World::begin(Task& task) {
    Replica& replica = replicas_[task.replica];
    bool const async = plan_.services[replica.service].async;
    task.state = TaskState::Running;
    if (task.hasDetails)
        detailsOf(task).started = kernel_.now();
    task.holdsWorker = !async;
    takeWorker(replica);
    ++services_[replica.service].counters.started;
    if (record::Span* span = spanOf(task))
        span->started = kernel_.now();
    Strand& strand = newStrand(task, plan_.endpoints[endpointOf(task)].entry);
    strand.async = strand.holdsWorker = async;
    if (replica.disturbed)
        return beginDisturbed(task, strand, replica);
    run(strand);
}

// A fault makes some requests fail and others wait before they begin.
void World::beginDisturbed(Task const& task, Strand& strand, Replica const& replica) {
    auto const& stream = serviceStreams_[replica.service];
    for (auto const& m : replica.errors) {
        bool const concerned = m.endpoint == nothing || m.endpoint == endpointOf(task);
        if (concerned && stream.uniform(task.key, 1 + (std::uint64_t{m.id} << 8)) < m.share) {
            tasks_[task.index].failure = m.kind;
            return strandEnded(strand, Cause::Injected);
        }
    }
    Duration pause;
    for (auto const& m : replica.slow) {
        bool const concerned = m.endpoint == nothing || m.endpoint == endpointOf(task);
        if (concerned)
            pause = pause + m.add.draw(stream, task.key, 2 + (std::uint64_t{m.id} << 8));
    }
    if (pause == Duration())
        return run(strand);
    strand.state = StrandState::Waiting;
    strand.work = {kernel_.schedule(kernel_.now() + pause, kernel::EventClass::Completion,
                                    eventOf(EventKind::WaitDone, strand))};
}

// The callee says no before any work was done.
void World::refuse(Task& task, Cause cause) {
    task.state = TaskState::Ended;
    task.cause = cause;
    task.replied = true;
    if (record::Span* span = spanOf(task))
        span->ended = kernel_.now();
    transmit(task, true);
}

void World::dropQueued(Task& task, Cause cause) {
    if (cause == Cause::QueueTimeout)
        unlink(task);
    ++services_[replicas_[task.replica].service].counters.dropped;
    meterTask(task, cause);
    refuse(task, cause);
}

void World::reply(Task& task, Cause cause) {
    task.replied = true;
    task.cause = cause;
    if (record::Span* span = spanOf(task))
        span->ended = kernel_.now();
    meterTask(task, cause);
    transmit(task, true);
}

void World::meterTask(Task const& task, Cause cause) {
    if (!metersTasks_)
        return;
    std::uint32_t const service = replicas_[task.replica].service;
    TaskDetails const& details = detailsOf(task);
    Duration const took = kernel_.now() - details.arrived;
    bool const good = cause == Cause::None;
    bool const refused =
        cause == Cause::QueueFull || cause == Cause::QueueTimeout || cause == Cause::Shed;
    auto const outcome = good ? (task.degraded ? measure::Outcome::Degraded : measure::Outcome::Ok)
                         : refused ? measure::Outcome::Rejected
                                   : measure::Outcome::Failed;
    for (std::uint32_t const meter : {serviceMeters_[service], endpointMeters_[endpointOf(task)]})
        if (meter != nothing)
            for (std::uint64_t left = details.windows; left != 0; left &= left - 1)
                evidence_.subjects[meter]
                    .windows[static_cast<std::size_t>(std::countr_zero(left))]
                    .end(outcome, took, good);
    for (std::uint32_t const meter : {serviceSeconds_[service], endpointSeconds_[endpointOf(task)]})
        if (meter != nothing)
            meterSecond(meter, details.arrived, good, took, good);
}

void World::mainStrandEnded(Task& task, Cause cause) {
    Replica& replica = replicas_[task.replica];
    if (plan_.services[replica.service].queue.drop == model::Drop::Hopeless) {
        auto& seen = serviceTimes_[endpointOf(task)];
        seen.sum += (kernel_.now() - detailsOf(task).started).inSeconds();
        seen.weight += 1;
    }
    auto& counters = services_[replica.service].counters;
    ++(cause == Cause::None ? counters.finished : counters.failed);
    if (replica.limit)
        sampleLimit(task, replica);
    task.state = TaskState::Ended;
    if (task.holdsWorker) {
        task.holdsWorker = false;
        releaseWorker(replica);
    }
    if (task.replied)
        return maybeFree(task);
    reply(task, cause == Cause::None || cause == Cause::Injected ? cause : Cause::ErrorReply);
}

// Ends what a replica holds before its time: the process died, or the caller took it back.
void World::abortTask(Task& task, Cause cause, bool sendsReset) {
    Replica& replica = replicas_[task.replica];
    if (task.state == TaskState::Queued)
        unlink(task);
    while (task.firstStrand != nothing) {
        Strand& strand = strands_[task.firstStrand];
        abandonCalls(strand);
        giveWorkerBack(strand);
        dropStrand(strand);
    }
    if (task.holdsWorker) {
        task.holdsWorker = false;
        releaseWorker(replica);
    }
    ++services_[replica.service].counters.failed;
    task.state = TaskState::Ended;
    if (task.replied)
        return maybeFree(task);
    meterTask(task, cause);
    if (record::Span* span = spanOf(task))
        span->ended = kernel_.now();
    task.replied = true;
    task.cause = cause;
    if (sendsReset)
        transmit(task, true);
    else
        settle(task);
}

void World::maybeFree(Task& task) {
    if (task.state != TaskState::Ended || !task.settled || task.firstStrand != nothing)
        return;
    Request& request = requests_[task.request];
    tasks_.giveBack(task);
    partEnded(request);
}

} // namespace shakedown::world
