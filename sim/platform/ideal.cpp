#include "sim/platform/ideal.hpp"

#include <algorithm>

namespace shakedown::platform {

using kernel::EventClass;

HostId IdealPlatform::addHost(int cores, MachineId) {
    Host host;
    host.cores = cores;
    host.updated = kernel_.now();
    hosts_.push_back(std::move(host));
    return static_cast<HostId>(hosts_.size() - 1);
}

bool IdealPlatform::endsLater(Job const& a, Job const& b) {
    return a.endsAtVirtual != b.endsAtVirtual ? a.endsAtVirtual > b.endsAtVirtual
                                              : a.order > b.order;
}

double IdealPlatform::rateOf(Host const& host) {
    auto const n = static_cast<double>(host.jobs.size());
    auto const cores = static_cast<double>(host.cores);
    return n <= cores ? host.speed : host.speed * cores / n;
}

void IdealPlatform::progress(Host& host) const {
    SimTime const now = kernel_.now();
    if (!host.jobs.empty())
        host.virtualNow += (now - host.updated).inSeconds() * rateOf(host);
    else
        host.virtualNow = 0; // keeps the sum small, so that it stays exact to the nanosecond
    host.updated = now;
}

void IdealPlatform::planNext(HostId id, Host& host) {
    kernel_.cancel(host.next);
    host.next = {};
    double const rate = rateOf(host);
    if (host.jobs.empty() || rate <= 0)
        return;
    double const left = std::max(0.0, host.jobs.front().endsAtVirtual - host.virtualNow) / rate;
    kernel::Event const event{platformKind, 0, id, 0, 0};
    host.next = kernel_.schedule(kernel_.now() + Duration::fromSeconds(left),
                                 EventClass::Completion, event);
}

kernel::Handle IdealPlatform::scheduleLone(double speed, Duration left,
                                           kernel::Event const& completion) {
    if (speed > 0)
        return kernel_.schedule(kernel_.now() + (speed == 1 ? left : left * (1 / speed)),
                                EventClass::Completion, completion);
    auto const handle = kernel_.schedule(SimTime::never(), EventClass::Completion, completion);
    frozen_.push_back({handle, left});
    return handle;
}

WorkHandle IdealPlatform::startWork(HostId id, Duration amount, kernel::Event completion) {
    Host& host = hosts_[id];
    if (host.cores == 0)
        return {scheduleLone(host.speed, amount, completion)};
    progress(host);
    std::uint64_t const order = host.nextOrder++;
    host.jobs.push_back({host.virtualNow + amount.inSeconds(), order, completion});
    std::push_heap(host.jobs.begin(), host.jobs.end(), endsLater);
    planNext(id, host);
    return {{static_cast<std::uint32_t>(order), static_cast<std::uint32_t>(order >> 32)}};
}

void IdealPlatform::cancelWork(HostId id, WorkHandle work) {
    Host& host = hosts_[id];
    if (!work.valid())
        return;
    if (host.cores == 0) {
        kernel_.cancel(work.handle);
        std::erase_if(frozen_, [&](Frozen const& f) { return f.handle == work.handle; });
        return;
    }
    std::uint64_t const order =
        work.handle.slot | (static_cast<std::uint64_t>(work.handle.generation) << 32);
    auto const found = std::find_if(host.jobs.begin(), host.jobs.end(),
                                    [&](Job const& job) { return job.order == order; });
    if (found == host.jobs.end())
        return;
    progress(host);
    host.jobs.erase(found);
    std::make_heap(host.jobs.begin(), host.jobs.end(), endsLater);
    planNext(id, host);
}

Duration IdealPlatform::leftOfLone(Host const& host, kernel::Handle handle) {
    if (host.speed > 0)
        return (kernel_.timeOfPending(handle) - kernel_.now()) * host.speed;
    auto const found = std::find_if(frozen_.begin(), frozen_.end(),
                                    [&](Frozen const& f) { return f.handle == handle; });
    require(found != frozen_.end(), "frozen work is remembered");
    Duration const left = found->left;
    frozen_.erase(found);
    return left;
}

void IdealPlatform::setSpeed(HostId id, double speed, std::span<WorkHandle*> running) {
    Host& host = hosts_[id];
    if (host.cores > 0) {
        progress(host);
        host.speed = speed;
        planNext(id, host);
        return;
    }
    for (WorkHandle* work : running) {
        if (!kernel_.pending(work->handle))
            continue;
        Duration const left = leftOfLone(host, work->handle);
        kernel::Event const completion = kernel_.eventOfPending(work->handle);
        kernel_.cancel(work->handle);
        work->handle = scheduleLone(speed, left, completion);
    }
    host.speed = speed;
}

// The pieces that end now, by virtual time and order of starting; half a nanosecond of rounding is
// forgiven, so that what ends at one instant ends in one event.
void IdealPlatform::handle(kernel::Event const& event) {
    Host& host = hosts_[event.index];
    progress(host);
    host.next = {};
    double const rate = rateOf(host);
    double const until = host.virtualNow + 0.5e-9 * std::max(rate, 0.0) + 1e-15 * host.virtualNow;
    while (!host.jobs.empty() && host.jobs.front().endsAtVirtual <= until) {
        kernel_.schedule(kernel_.now(), EventClass::Completion, host.jobs.front().completion);
        std::pop_heap(host.jobs.begin(), host.jobs.end(), endsLater);
        host.jobs.pop_back();
    }
    planNext(event.index, host);
}

} // namespace shakedown::platform
