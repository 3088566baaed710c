#include "sim/world/world.hpp"

#include <algorithm>

namespace shakedown::world {

namespace {

// No model dispatches so many events at one instant unless it runs in circles without time.
constexpr std::uint64_t mostEventsAtInstant = 20'000'000;

} // namespace

World::World(Plan plan, verdict::Demand demand, WorldOptions options, kernel::Kernel& kernel,
             platform::Platform& platform)
    : plan_(std::move(plan)), demand_(std::move(demand)), options_(options), kernel_(kernel),
      platform_(platform), machines_(platform.machines()) {
    isTracing_ = record::holdsRequests(options_.level);
    makeState();
    mayExpress_ = options_.express && !metersTasks_;
    surveyExpressSites();
    startLoads();
}

void World::makeState() {
    auto const stream = [&](std::string const& name) {
        return chance::Stream(options_.seed, options_.replication, name);
    };
    hosting_.machines.resize(plan_.names.hosts.size());
    hosting_.links.resize(plan_.names.links.size());
    callStates_.resize(plan_.names.calls.size());
    links_.resize(plan_.links.size());
    for (auto const& endpoint : plan_.endpoints) {
        endpointStreams_.push_back(stream(endpoint.streamName));
        serviceTimes_.push_back({endpoint.expected.inSeconds() * 10, 10});
    }
    services_.resize(plan_.services.size());
    for (std::uint32_t s = 0; s < plan_.services.size(); ++s) {
        serviceStreams_.push_back(stream(plan_.services[s].name));
        Duration const wait = plan_.services[s].queue.maxWait;
        waitLanes_.push_back(wait.isNone() ? nothing : kernel_.lane(wait));
        for (std::uint32_t r = 0; r < plan_.services[s].replicas; ++r)
            addReplica(s, record::ReplicaState::Up);
        relist(s);
    }
    edges_.resize(plan_.edges.size());
    for (auto const& edge : plan_.edges) {
        std::string const& name = plan_.names.calls[edge.call];
        networkStreams_.push_back(stream(name + "/network"));
        balanceStreams_.push_back(stream(name + "/balance"));
        hashTables_.push_back(std::make_shared<resilience::HashTables>(edge.policy.balance));
        backoffStreams_.push_back(stream(name + "/backoff"));
        Duration const timeout = edge.policy.timeout;
        timeoutLanes_.push_back(timeout.isNone() ? nothing : kernel_.lane(timeout));
    }
    // Every caller's breaker exists from the start, so that the share of time open has a base.
    for (std::uint32_t e = 0; e < plan_.edges.size(); ++e) {
        auto const& edge = plan_.edges[e];
        if (!edge.policy.breaker)
            continue;
        auto const instances =
            edge.fromLoad ? plan_.loads[edge.caller].clients : plan_.services[edge.caller].replicas;
        for (std::uint32_t i = 0; i < instances; ++i)
            edgeState(e, i);
    }

    evidence_.seed = options_.seed;
    evidence_.replication = options_.replication;
    std::size_t const windows = demand_.windows.size();
    require(windows <= verdict::mostWindows, "at most 64 windows are measured");
    verdict::SubjectEvidence const empty{std::vector<measure::OutcomeTally>(windows)};
    evidence_.loads.assign(plan_.loads.size(), empty);
    evidence_.whole.resize(plan_.loads.size());
    evidence_.batches.assign(plan_.loads.size(), std::vector<measure::Batch>(batchCount));
    evidence_.subjects.assign(demand_.outcomes.size(), empty);
    evidence_.windows.resize(windows);
    for (auto& w : evidence_.windows) {
        w.services.resize(services_.size());
        w.calls.resize(callStates_.size());
    }
    windowStarts_.resize(windows);
    secondsMeters_.resize(demand_.seconds.size());
    intervalServices_.resize(services_.size());
    intervalCalls_.resize(callStates_.size());
    Duration const measured = options_.lasts - options_.warmup;
    batchLength_ = Duration::nanoseconds(
        std::max<std::int64_t>(1, measured.count() / static_cast<std::int64_t>(batchCount)));
    batchEnds_ = SimTime::at(options_.warmup) + batchLength_;

    auto const meters = [&](std::vector<model::Subject> const& subjects, model::SubjectKind kind,
                            std::vector<std::string> const& names) {
        std::vector<std::uint32_t> index(names.size(), nothing);
        for (std::uint32_t i = 0; i < subjects.size(); ++i)
            for (std::uint32_t n = 0; n < names.size(); ++n)
                if (subjects[i].kind == kind && subjects[i].name == names[n])
                    index[n] = i;
        return index;
    };
    using model::SubjectKind;
    serviceMeters_ = meters(demand_.outcomes, SubjectKind::Service, plan_.names.services);
    endpointMeters_ = meters(demand_.outcomes, SubjectKind::Endpoint, plan_.names.endpoints);
    callMeters_ = meters(demand_.outcomes, SubjectKind::Call, plan_.names.calls);
    loadSeconds_ = meters(demand_.seconds, SubjectKind::Load, plan_.names.loads);
    serviceSeconds_ = meters(demand_.seconds, SubjectKind::Service, plan_.names.services);
    endpointSeconds_ = meters(demand_.seconds, SubjectKind::Endpoint, plan_.names.endpoints);
    callSeconds_ = meters(demand_.seconds, SubjectKind::Call, plan_.names.calls);
    metersTasks_ = std::any_of(demand_.outcomes.begin(), demand_.outcomes.end(),
                               [](auto const& s) { return s.kind != SubjectKind::Load; })
                   || std::any_of(demand_.seconds.begin(), demand_.seconds.end(),
                                  [](auto const& s) { return s.kind != SubjectKind::Load; });
}

void World::scheduleTimeline(SimTime at, std::uint32_t index) {
    kernel_.schedule(at, kernel::EventClass::Timer,
                     {static_cast<std::uint16_t>(EventKind::Timeline), 0, index, 0, 0});
}

bool World::handle(kernel::Event const& event) {
    SimTime const now = kernel_.now();
    if (now != instant_) {
        instant_ = now;
        eventsAtInstant_ = 0;
    }
    if (++eventsAtInstant_ > mostEventsAtInstant)
        return false;
    if (kernel::Event const* const next = kernel_.glance())
        strands_.prefetch(next->index); // right more often than not
    digest_.mix(static_cast<std::uint64_t>(now.count()));
    digest_.mix((static_cast<std::uint64_t>(event.kind) << 48)
                ^ (static_cast<std::uint64_t>(event.extra) << 32) ^ event.index);
    // Half of all events, in most runs.
    Strand* const worked =
        event.kind == static_cast<std::uint16_t>(EventKind::WorkDone) && hungReplicas_ == 0
            ? strands_.find({event.index, event.generation})
            : nullptr;
    if (worked != nullptr)
        onWorkDone(*worked);
    else
        dispatch(event);
    while (!agenda_.empty() || !freedGates_.empty())
        workAgenda();
    return true;
}

// Here rather than where it is called, so that loop, calendar and handler are compiled as one. The
// ideal platform has nothing of its own to drive.
bool World::runUntil(SimTime until, std::function<bool()> const& goesOn) {
    constexpr std::uint64_t eventsBetweenQuestions = 1 << 14; // a power of two
    auto const step = [&](kernel::Event const& event) {
        return handle(event) && (kernel_.dispatched() % eventsBetweenQuestions != 0 || goesOn());
    };
    return machines_ != nullptr ? platform_.drive(until, step) : kernel_.runUntil(until, step);
}

void World::workAgenda() {
    while (agendaHead_ < agenda_.size()) {
        std::uint32_t const replica = agenda_[agendaHead_++];
        replicas_[replica].feeding = false;
        feed(replicas_[replica]);
    }
    agenda_.clear();
    agendaHead_ = 0;
    if (freedGates_.empty())
        return;
    FreedGate const gate = freedGates_.front();
    freedGates_.erase(freedGates_.begin());
    admitWaiting(gate.edge, gate.instance, gate.which);
}

void World::dispatch(kernel::Event const& event, Task& task) {
    switch (static_cast<EventKind>(event.kind)) {
    case EventKind::Connected:
        return transmit(task, false);
    case EventKind::Deliver:
        return arrive(task);
    case EventKind::ReplyArrives:
        return replyArrives(task);
    case EventKind::Retransmit:
        return onRetransmit(task, event.small != 0);
    case EventKind::CancelArrives:
        return onCancelArrives(task);
    case EventKind::Departs:
        return cross(task, event.small != 0);
    case EventKind::MessageLost:
        return loseMessage(task, event.small != 0);
    default:
        break;
    }
    bool const waits = task.state == TaskState::Queued;
    if (waits && !deferIfHung(event, task.replica))
        dropQueued(task, Cause::QueueTimeout);
}

void World::dispatch(kernel::Event const& event, Call& call) {
    switch (static_cast<EventKind>(event.kind)) {
    case EventKind::AttemptExpired:
        return onAttemptExpired(call);
    case EventKind::BackoffOver:
        return onBackoffOver(call);
    case EventKind::PermitExpired:
        return onPermitExpired(call);
    case EventKind::HedgeDue:
        return onHedgeDue(call);
    default:
        leaveFallback(call);
        return endCall(call, Cause::None, call.cause != Cause::None);
    }
}

void World::dispatch(kernel::Event const& event) {
    if (event.kind == platform::Platform::platformKind) {
        platform_.handle(event);
        return;
    }
    Ref const ref{event.index, event.generation};
    switch (static_cast<EventKind>(event.kind)) {
    case EventKind::Cancelled:
        return;
    case EventKind::Arrival:
        return onArrival(event.index);
    case EventKind::UserReturns:
        return onUserReturns(event.index, event.extra);
    case EventKind::WorkDone:
    case EventKind::WaitDone: {
        Strand* const strand = strands_.find(ref);
        if (strand != nullptr && !deferIfHung(event, tasks_[strand->task].replica))
            run(*strand);
        return;
    }
    case EventKind::Connected:
    case EventKind::Deliver:
    case EventKind::ReplyArrives:
    case EventKind::Retransmit:
    case EventKind::CancelArrives:
    case EventKind::Departs:
    case EventKind::MessageLost:
    case EventKind::QueueExpired:
        if (Task* const task = tasks_.find(ref))
            dispatch(event, *task);
        return;
    case EventKind::AttemptExpired:
    case EventKind::BackoffOver:
    case EventKind::PermitExpired:
    case EventKind::HedgeDue:
    case EventKind::FallbackDone: {
        Call* const call = calls_.find(ref);
        if (call != nullptr && !deferIfCallerHung(event, *call))
            dispatch(event, *call);
        return;
    }
    case EventKind::ReplicaStarted:
        return onReplicaStarted(replicas_[event.index], event.extra);
    case EventKind::GraceOver:
        return onGraceOver(replicas_[event.index], event.extra);
    case EventKind::Timeline:
        if (timeline_)
            timeline_(event.index);
        return;
    }
}

} // namespace shakedown::world
