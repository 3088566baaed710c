#include "gui/session/run_index.hpp"

#include <algorithm>

#include "gui/session/courses.hpp"

namespace shakedown::gui {

namespace {

constexpr double strainedFrom = 0.01;
constexpr double failingFrom = 0.10;
constexpr double busyFrom = 0.90;

// Counts of several intervals add up; of what is measured at their ends, and of latencies, the
// worst; utilisation is a mean.
struct Sums {
    double seconds = 0;

    void add(record::LoadInterval& sum, record::LoadInterval const& row) const {
        sum.offered += row.offered;
        sum.ok += row.ok;
        sum.degraded += row.degraded;
        sum.failed += row.failed;
        sum.rejected += row.rejected;
        sum.timedOut += row.timedOut;
        sum.good += row.good;
        sum.p50 = std::max(sum.p50, row.p50);
        sum.p95 = std::max(sum.p95, row.p95);
        sum.p99 = std::max(sum.p99, row.p99);
    }
    void add(record::ServiceInterval& sum, record::ServiceInterval const& row,
             double rowSeconds) const {
        sum.queue = std::max(sum.queue, row.queue);
        sum.inService = std::max(sum.inService, row.inService);
        sum.arrived += row.arrived;
        sum.utilisation += row.utilisation * rowSeconds / seconds;
    }
    void add(record::CallInterval& sum, record::CallInterval const& row) const {
        sum.requests += row.requests;
        sum.attempts += row.attempts;
        sum.timeouts += row.timeouts;
        sum.failures += row.failures;
        sum.waiting = std::max(sum.waiting, row.waiting);
    }
};

LoadNow nowOf(record::LoadInterval const& row, double seconds) {
    double const bad = row.failed + row.rejected + row.timedOut;
    double const ended = row.ok + row.degraded + bad;
    LoadNow now;
    now.offered = row.offered / seconds;
    now.good = row.good / seconds;
    now.degraded = row.degraded / seconds;
    now.bad = bad / seconds;
    now.ended = ended / seconds;
    now.badShare = share(bad, ended);
    now.p50 = row.p50;
    now.p95 = row.p95;
    now.p99 = row.p99;
    now.health = loadHealthOf(now.badShare, share(bad + row.degraded, ended));
    return now;
}

CallNow nowOf(record::CallInterval const& row, double seconds) {
    CallNow now;
    now.requests = row.requests / seconds;
    now.attempts = row.attempts / seconds;
    now.failed = (row.timeouts + row.failures) / seconds;
    now.amplification = row.requests > 0 ? row.attempts / static_cast<double>(row.requests) : 1;
    now.trouble = std::min(1.0, share(row.timeouts + row.failures, row.attempts));
    now.waiting = row.waiting;
    return now;
}

} // namespace

std::string_view wordOf(Health health) {
    switch (health) {
    case Health::Calm:
        return "ok";
    case Health::Busy:
        return "busy";
    case Health::Strained:
        return "strained";
    case Health::Failing:
        return "failing";
    case Health::Down:
        break;
    }
    return "down";
}

Health serviceHealthOf(double trouble, double utilisation) {
    if (trouble >= failingFrom)
        return Health::Failing;
    if (trouble >= strainedFrom)
        return Health::Strained;
    return utilisation >= busyFrom ? Health::Busy : Health::Calm;
}

Health loadHealthOf(double badShare, double strainedShare) {
    return badShare >= failingFrom         ? Health::Failing
           : strainedShare >= strainedFrom ? Health::Strained
                                           : Health::Calm;
}

double RunIndex::troubleOf(record::Interval const& row, std::uint32_t service,
                           double& attempts) const {
    double failed = 0;
    attempts = 0;
    for (std::uint32_t const call : callsTo_[service]) {
        attempts += row.calls[call].attempts;
        failed += row.calls[call].timeouts + row.calls[call].failures;
    }
    return std::min(1.0, share(failed, attempts));
}

ServiceNow RunIndex::serviceNow(record::Interval const& row, double seconds,
                                std::uint32_t service) const {
    auto const& own = row.services[service];
    ServiceNow now;
    now.queue = own.queue;
    now.inService = own.inService;
    now.utilisation = own.utilisation;
    now.arrived = own.arrived / seconds;
    now.trouble = troubleOf(row, service, now.attempts);
    now.attempts /= seconds;
    now.health = serviceHealthOf(now.trouble, now.utilisation);
    return now;
}

Health RunIndex::serviceHealth(std::size_t i, std::uint32_t service) const {
    SimTime const at = ends_[i];
    auto const& replicas = replicas_[service];
    bool const isDown =
        !replicas.empty() && std::all_of(replicas.begin(), replicas.end(), [&](auto const& course) {
            auto const* last = lastOf(course, at);
            return last != nullptr && isGone(last->to);
        });
    double attempts = 0;
    return isDown ? Health::Down
                  : serviceHealthOf(troubleOf(intervals_[i], service, attempts),
                                    intervals_[i].services[service].utilisation);
}

Health RunIndex::loadHealth(std::size_t i, std::uint32_t load) const {
    return nowOf(intervals_[i].loads[load], secondsOf(i)).health;
}

Snapshot RunIndex::stateAt(SimTime at) const {
    return stateOver(at, at);
}

record::Interval RunIndex::sumOf(std::size_t first, std::size_t last, double seconds) const {
    record::Interval sum;
    Sums const sums{seconds};
    sum.loads.resize(header_.names.loads.size());
    sum.services.resize(header_.names.services.size());
    sum.calls.resize(header_.names.calls.size());
    for (std::size_t i = first; i <= last; ++i) {
        auto const& row = intervals_[i];
        for (std::size_t n = 0; n < sum.loads.size(); ++n)
            sums.add(sum.loads[n], row.loads[n]);
        for (std::size_t n = 0; n < sum.services.size(); ++n)
            sums.add(sum.services[n], row.services[n], secondsOf(i));
        for (std::size_t n = 0; n < sum.calls.size(); ++n)
            sums.add(sum.calls[n], row.calls[n]);
    }
    return sum;
}

Snapshot RunIndex::stateOver(SimTime from, SimTime to) const {
    Snapshot state;
    state.at = to;
    state.loads.resize(header_.names.loads.size());
    state.services.resize(header_.names.services.size());
    state.calls.resize(header_.names.calls.size());
    auto first = intervalAt(from);
    auto const last = intervalAt(to);
    // One that ends where the stretch begins has no part in it.
    if (first && last && *first < *last && ends_[*first] == from)
        ++*first;
    if (first && last) {
        double seconds = 0;
        for (std::size_t i = *first; i <= *last; ++i)
            seconds += secondsOf(i);
        // One interval is looked at where it is.
        record::Interval const sum =
            *first == *last ? record::Interval{} : sumOf(*first, *last, seconds);
        auto const& row = *first == *last ? intervals_[*first] : sum;
        for (std::uint32_t load = 0; load < state.loads.size(); ++load)
            state.loads[load] = nowOf(row.loads[load], seconds);
        for (std::uint32_t service = 0; service < state.services.size(); ++service)
            state.services[service] = serviceNow(row, seconds, service);
        for (std::uint32_t call = 0; call < state.calls.size(); ++call)
            state.calls[call] = nowOf(row.calls[call], seconds);
    }
    addReplicas(state, from, to);
    for (auto const& [caller, course] : callers_) {
        auto const gravest = gravestOf(course, record::BreakerState::Closed, from, to);
        auto& call = state.calls[caller.first];
        call.halfOpen += gravest == record::BreakerState::HalfOpen ? 1 : 0;
        call.byHand += gravest == record::BreakerState::ForcedOpen ? 1 : 0;
        call.open += gravityOf(gravest) >= 2 ? 1 : 0;
    }
    for (auto const& span : events_)
        if (span.begin <= to && from < span.end)
            state.events.push_back(span.event);
    std::sort(state.events.begin(), state.events.end());
    state.events.erase(std::unique(state.events.begin(), state.events.end()), state.events.end());
    return state;
}

void RunIndex::addReplicas(Snapshot& state, SimTime from, SimTime to) const {
    for (std::uint32_t s = 0; s < state.services.size(); ++s) {
        auto& service = state.services[s];
        for (auto const& course : replicas_[s]) {
            service.replicas.push_back(gravestOf(course, record::ReplicaState::Up, from, to));
            service.gone += isGone(service.replicas.back()) ? 1 : 0;
        }
        service.workers = static_cast<std::uint32_t>(service.replicas.size())
                          * (s < header_.workers.size() ? header_.workers[s] : 1);
        if (!service.replicas.empty() && service.gone == service.replicas.size())
            service.health = Health::Down;
    }
}

} // namespace shakedown::gui
