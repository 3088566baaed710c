#include <algorithm>

#include "sim/world/world.hpp"

namespace shakedown::world {

// The server's own protection, per replica: a rate of requests, and how many it holds at once
// (waiting ones included). Requests of the lower half of the priorities get no more than half of
// the places, so that they are shed first.

bool World::admitByLimit(Task& task, Replica& replica) {
    LimitPolicy const& limit = *plan_.services[replica.service].limit;
    if (replica.rateLimit && !replica.rateLimit->reserve(kernel_.now(), Duration()))
        return false;
    std::uint32_t const held = replica.busy + replica.queued;
    detailsOf(task).heldAtArrival = held + 1;
    if (!limit.fixed && !replica.limit)
        return true;
    auto most = static_cast<std::uint32_t>(
        std::max(1, replica.limit ? replica.limit->limit() : *limit.fixed));
    if (!limit.priorities.empty() && isOfLowPriority(task, limit))
        most = std::max(1U, most / 2);
    return held < most;
}

bool World::isOfLowPriority(Task const& task, LimitPolicy const& limit) const {
    int const priority = plan_.endpoints[endpointOf(task)].priority
                         + plan_.loads[requests_[task.request].load].priority;
    auto const highest = *std::max_element(limit.priorities.begin(), limit.priorities.end());
    return priority < highest;
}

void World::shed(Task& task, Replica const& replica) {
    ++services_[replica.service].counters.rejected;
    meterTask(task, Cause::Shed);
    refuse(task, Cause::Shed);
}

// What the limit learns from: the time from arrival to end, how full it was then, and whether the
// caller still waited.
void World::sampleLimit(Task const& task, Replica& replica) {
    auto const dropped = task.call == nothing ? resilience::Dropped::Yes : resilience::Dropped::No;
    double const u = serviceStreams_[replica.service].uniform(task.key, 6);
    replica.limit->onSample(kernel_.now(), kernel_.now() - detailsOf(task).arrived,
                            static_cast<int>(detailsOf(task).heldAtArrival), dropped, u);
}

} // namespace shakedown::world
