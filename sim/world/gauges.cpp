#include <algorithm>
#include <cmath>

#include "sim/world/world.hpp"

namespace shakedown::world {

void World::touch(CallState& call) {
    double const passed = (kernel_.now() - call.touched).inSeconds();
    call.touched = kernel_.now();
    call.counters.openArea += call.open * passed;
    call.counters.breakerArea += call.breakers * passed;
}

// Looking does not touch: sums of doubles would otherwise depend on how often somebody looked, and
// so on the level of the record.
measure::ServiceCounters World::countersNow(ServiceState const& service) const {
    measure::ServiceCounters counters = service.counters;
    counters.busyArea = service.busy.areaUpTo(now());
    counters.queueArea = service.queued.areaUpTo(now());
    counters.workerArea = service.workers.areaUpTo(now());
    return counters;
}

measure::CallCounters World::countersNow(CallState const& call) const {
    double const passed = (now() - call.touched).inSeconds();
    measure::CallCounters counters = call.counters;
    counters.openArea += call.open * passed;
    counters.breakerArea += call.breakers * passed;
    return counters;
}

void World::beginBatch() {
    ++batch_;
    bool const isLast = batch_ + 1U == batchCount;
    batchEnds_ = isLast ? SimTime::never() : batchEnds_ + batchLength_;
}

void World::openWindow(std::uint32_t window) {
    WindowStart& start = windowStarts_[window];
    start.at = kernel_.now();
    start.services.clear();
    start.calls.clear();
    for (auto const& s : services_)
        start.services.push_back(countersNow(s));
    for (auto const& c : callStates_)
        start.calls.push_back(countersNow(c));
    start.hosts = hostCounters();
    start.links = linkCounters();
    windowsOpen_ |= std::uint64_t{1} << window;
}

namespace {

void addDifference(measure::ServiceCounters& sum, measure::ServiceCounters const& now,
                   measure::ServiceCounters const& then) {
    sum.busyArea += now.busyArea - then.busyArea;
    sum.workerArea += now.workerArea - then.workerArea;
    sum.queueArea += now.queueArea - then.queueArea;
    sum.coreArea += now.coreArea - then.coreArea;
    sum.arrived += now.arrived - then.arrived;
    sum.started += now.started - then.started;
    sum.waited += now.waited - then.waited;
    sum.rejected += now.rejected - then.rejected;
    sum.dropped += now.dropped - then.dropped;
    sum.finished += now.finished - then.finished;
    sum.failed += now.failed - then.failed;
    sum.queueMax = std::max(sum.queueMax, now.queueMax);
}

void addDifference(measure::CallCounters& sum, measure::CallCounters const& now,
                   measure::CallCounters const& then) {
    sum.requests += now.requests - then.requests;
    sum.attempts += now.attempts - then.attempts;
    sum.retries += now.retries - then.retries;
    sum.hedges += now.hedges - then.hedges;
    sum.succeeded += now.succeeded - then.succeeded;
    sum.timeouts += now.timeouts - then.timeouts;
    sum.errors += now.errors - then.errors;
    sum.refused += now.refused - then.refused;
    sum.cancelled += now.cancelled - then.cancelled;
    sum.pending = now.pending;
    sum.opened += now.opened - then.opened;
    sum.openArea += now.openArea - then.openArea;
    sum.breakerArea += now.breakerArea - then.breakerArea;
}

} // namespace

void World::closeWindow(std::uint32_t window) {
    std::uint64_t const bit = std::uint64_t{1} << window;
    if ((windowsOpen_ & bit) == 0)
        return;
    windowsOpen_ &= ~bit;
    WindowStart const& start = windowStarts_[window];
    auto& evidence = evidence_.windows[window];
    evidence.spans.push_back({start.at, kernel_.now()});
    evidence.length = evidence.length + (kernel_.now() - start.at);
    for (std::size_t i = 0; i < services_.size(); ++i)
        addDifference(evidence.services[i], countersNow(services_[i]), start.services[i]);
    for (std::size_t i = 0; i < callStates_.size(); ++i)
        addDifference(evidence.calls[i], countersNow(callStates_[i]), start.calls[i]);
    addHostDifference(evidence, start);
}

void World::offerSecond(std::uint32_t index) {
    SecondsMeter& meter = secondsMeters_[index];
    auto const second = static_cast<std::size_t>(kernel_.now().count() / 1'000'000'000);
    if (meter.seconds.size() <= second) {
        meter.seconds.resize(second + 1);
        meter.open.resize(second + 1);
    }
    ++meter.seconds[second].offered;
}

void World::meterSecond(std::uint32_t index, SimTime arrived, bool good, Duration took,
                        bool counts) {
    SecondsMeter& meter = secondsMeters_[index];
    auto const second = static_cast<std::size_t>(arrived.count() / 1'000'000'000);
    if (second >= meter.seconds.size())
        return;
    if (good)
        ++meter.seconds[second].good;
    if (counts && !meter.open[second].closed)
        meter.open[second].latencies.push_back(static_cast<float>(took.inSeconds()));
}

void World::closeOldSeconds(SecondsMeter& meter, std::size_t before) {
    for (; meter.closedBefore < std::min(before, meter.seconds.size()); ++meter.closedBefore) {
        OpenSecond& open = meter.open[meter.closedBefore];
        open.closed = true;
        auto latencies = std::exchange(open.latencies, {});
        if (latencies.empty())
            continue;
        auto const rank =
            static_cast<std::size_t>(std::ceil(0.99 * static_cast<double>(latencies.size())) - 1);
        auto const nth = latencies.begin() + static_cast<std::ptrdiff_t>(rank);
        std::nth_element(latencies.begin(), nth, latencies.end());
        meter.seconds[meter.closedBefore].p99 = Duration::fromSeconds(static_cast<double>(*nth));
    }
}

void World::emit(record::MomentKind what) {
    if (sink_ != nullptr)
        sink_->take({kernel_.now(), std::move(what)});
}

void World::emitTurningPoint(record::MomentKind what) {
    if (evidence_.turningPoints.size() < verdict::Evidence::momentCap)
        evidence_.turningPoints.push_back({kernel_.now(), what});
    else
        ++evidence_.momentsLeftOut;
    emit(std::move(what));
}

void World::beginPressure(Replica& replica, record::Pressure what) {
    bool& flag =
        what == record::Pressure::QueueFull ? replica.pressureQueue : replica.pressureWorkers;
    if (what == record::Pressure::QueueFull)
        ++replica.rejectedSinceTick;
    if (flag)
        return;
    flag = true;
    std::vector<std::uint32_t> waitingFor(callStates_.size(), 0);
    calls_.forEach([&](Call const& call) {
        if (!call.isOfLoad && call.caller == replica.index)
            ++waitingFor[plan_.edges[call.edge].call];
    });
    auto const most = std::max_element(waitingFor.begin(), waitingFor.end());
    record::PressureBegan moment{replica.service, replica.number, what,
                                 record::nobody,  replica.busy,   record::nobody};
    if (most != waitingFor.end() && *most * 2 >= replica.busy && *most > 0) {
        moment.heldBy = static_cast<std::uint32_t>(most - waitingFor.begin());
        moment.held = *most;
    } else if (MachineId const machine = machineOf(replica.index);
               machine != platform::nowhere && hosting_.machines[machine].isCrowded) {
        moment.host = machine;
    }
    if (what == record::Pressure::WorkersBusy)
        moment.since = replica.notEmptySince;
    emitTurningPoint(moment);
}

// Under pressure: all workers busy and requests waiting for at least a second without a pause.
void World::lookForPressure() {
    for (std::uint32_t i = 0; i < replicas_.size(); ++i) {
        Replica& replica = replicas_[i];
        bool const waitsLong =
            replica.queued > 0 && kernel_.now() - replica.notEmptySince >= Duration::seconds(1);
        if (waitsLong)
            beginPressure(replicas_[i], record::Pressure::WorkersBusy);
        if (replica.pressureWorkers && replica.queued == 0) {
            replica.pressureWorkers = false;
            emitTurningPoint(record::PressureEnded{replica.service, replica.number,
                                                   record::Pressure::WorkersBusy});
        }
        if (replica.pressureQueue && replica.rejectedSinceTick == 0) {
            replica.pressureQueue = false;
            emitTurningPoint(record::PressureEnded{replica.service, replica.number,
                                                   record::Pressure::QueueFull});
        }
        replica.rejectedSinceTick = 0;
    }
}

// By the name they are reported as; a hedged call is one, not its legs.
std::vector<std::uint32_t> World::callsUnderWay() {
    std::vector<std::uint32_t> count(callStates_.size(), 0);
    calls_.forEach([&](Call const& call) {
        if (!call.isLeg)
            ++count[plan_.edges[call.edge].call];
    });
    return count;
}

record::Interval World::takeInterval() {
    record::Interval interval;
    double const passed = (kernel_.now() - lastTick_).inSeconds();
    for (auto& load : loads_) {
        auto row = std::exchange(load.interval, {});
        row.p50 = load.intervalLatency.quantile(0.5);
        row.p95 = load.intervalLatency.quantile(0.95);
        row.p99 = load.intervalLatency.quantile(0.99);
        load.intervalLatency.clear();
        interval.loads.push_back(row);
    }
    for (std::size_t i = 0; i < services_.size(); ++i) {
        auto const now = countersNow(services_[i]);
        auto& then = intervalServices_[i];
        double const workers = now.workerArea - then.workerArea;
        record::ServiceInterval row;
        row.queue = services_[i].queued.count();
        row.inService = services_[i].busy.count();
        row.arrived = static_cast<std::uint32_t>(now.arrived - then.arrived);
        row.finished = static_cast<std::uint32_t>(now.finished - then.finished);
        row.rejected =
            static_cast<std::uint32_t>(now.rejected - then.rejected + now.dropped - then.dropped);
        row.utilisation = workers > 0 && passed > 0 ? (now.busyArea - then.busyArea) / workers : 0;
        then = now;
        interval.services.push_back(row);
    }
    std::vector<std::uint32_t> const waiting = callsUnderWay();
    for (std::size_t i = 0; i < callStates_.size(); ++i) {
        auto const now = countersNow(callStates_[i]);
        auto& then = intervalCalls_[i];
        record::CallInterval row;
        row.waiting = waiting[i];
        row.requests = static_cast<std::uint32_t>(now.requests - then.requests);
        row.attempts = static_cast<std::uint32_t>(now.attempts - then.attempts);
        row.retries = static_cast<std::uint32_t>(now.retries - then.retries);
        row.timeouts = static_cast<std::uint32_t>(now.timeouts - then.timeouts);
        row.failures =
            static_cast<std::uint32_t>(now.errors - then.errors + now.refused - then.refused);
        row.open = callStates_[i].open;
        then = now;
        interval.calls.push_back(row);
    }
    addMachines(interval);
    return interval;
}

void World::tick(bool withInterval) {
    if (machines_ != nullptr)
        lookForCrowds();
    lookForPressure();
    auto const second = static_cast<std::size_t>(kernel_.now().count() / 1'000'000'000);
    constexpr std::size_t keptOpen = 300;
    if (second > keptOpen)
        for (auto& meter : secondsMeters_)
            closeOldSeconds(meter, second - keptOpen);
    if (withInterval)
        emit(takeInterval());
    lastTick_ = kernel_.now();
}

std::uint64_t World::goodSoFar() const {
    std::uint64_t good = 0;
    for (auto const& load : evidence_.whole)
        good += load.good;
    return good;
}

verdict::Evidence World::finish(record::EndReason reason) {
    for (std::uint32_t w = 0; w < demand_.windows.size(); ++w)
        closeWindow(w);
    for (std::uint32_t const request :
         requests_.oldestFirst([](Request const& r) { return r.isTraced; }))
        endTrace(requests_[request]);
    for (std::size_t i = 0; i < secondsMeters_.size(); ++i) {
        auto& meter = secondsMeters_[i];
        closeOldSeconds(meter, meter.seconds.size());
        evidence_.seconds.push_back(std::move(meter.seconds));
    }
    for (auto const& s : services_)
        evidence_.services.push_back(countersNow(s));
    for (auto const& c : callStates_)
        evidence_.calls.push_back(countersNow(c));
    for (auto const& l : loads_)
        evidence_.liveAtEnd.push_back(l.live);
    evidence_.reason = reason;
    evidence_.ended = kernel_.now();
    evidence_.events = kernel_.dispatched();
    evidence_.digest = digest_.value();
    emit(record::RunEnded{reason, evidence_.events, evidence_.digest});
    return std::move(evidence_);
}

} // namespace shakedown::world
