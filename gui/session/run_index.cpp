#include "gui/session/run_index.hpp"

#include <algorithm>

#include "reports/record/event_kind.hpp"
#include "scenarios/vocabulary/overloaded.hpp"

namespace shakedown::gui {

namespace {

using record::BreakerState;
using record::ReplicaState;

constexpr double strainedFrom = 0.01;
constexpr double failingFrom = 0.10;
constexpr double busyFrom = 0.90;
constexpr std::uint32_t mostReplicas = 10'000; // of a service; a record may be edited

double share(double part, double whole) {
    return whole > 0 ? part / whole : 0;
}

// Of the breakers of all callers the one that most has to be seen.
int gravityOf(BreakerState state) {
    switch (state) {
    case BreakerState::Closed:
    case BreakerState::Disabled:
        return 0;
    case BreakerState::HalfOpen:
        return 1;
    case BreakerState::Open:
        return 2;
    case BreakerState::ForcedOpen:
        break;
    }
    return 3;
}

// The last change at or before an instant.
template <class Course>
auto const* lastOf(Course const& course, SimTime at) {
    auto const after =
        std::upper_bound(course.begin(), course.end(), at,
                         [](SimTime t, auto const& change) { return t < change.at; });
    return after == course.begin() ? nullptr : &*std::prev(after);
}

Health healthOf(double trouble, double utilisation) {
    if (trouble >= failingFrom)
        return Health::Failing;
    if (trouble >= strainedFrom)
        return Health::Strained;
    return utilisation >= busyFrom ? Health::Busy : Health::Calm;
}

bool isGone(ReplicaState state) {
    return state == ReplicaState::Down || state == ReplicaState::Hung
           || state == ReplicaState::Starting;
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

void RunIndex::begin(record::Header const& header) {
    hasHeader_ = true;
    header_ = header;
    routes_ = record::routesOf(header.names);
    std::size_t const services = header.names.services.size();
    callsTo_.resize(services);
    for (std::uint32_t call = 0; call < routes_.size(); ++call)
        if (routes_[call].to < services)
            callsTo_[routes_[call].to].push_back(call);
    replicas_.resize(services);
    for (std::size_t s = 0; s < services; ++s)
        replicas_[s].resize(
            std::min(mostReplicas, s < header.replicas.size() ? header.replicas[s] : 1));
    worst_.resize(header.names.calls.size());
}

void RunIndex::take(record::Moment const& moment) {
    reach_ = std::max(reach_, moment.at);
    std::visit(Overloaded{[&](record::Interval const& interval) {
                              ends_.push_back(moment.at);
                              intervals_.push_back(interval);
                          },
                          [&](record::Request const& request) {
                              if (requests_.size() < mostRequests)
                                  requests_.push_back(request);
                              else
                                  ++leftOut_;
                          },
                          [&](record::RunEnded const& ended) { ended_ = ended; },
                          [](record::PressureEnded const&) {}, [](record::HostCrowded const&) {},
                          [](record::HostRelieved const&) {},
                          [&](auto const& change) {
                              if (++changes_ <= mostChanges)
                                  follow(moment.at, change);
                              else
                                  ++leftOut_;
                          }},
               moment.what);
}

void RunIndex::turn(SimTime at, std::string subject, std::string what) {
    turns_.push_back({at, subject + ": " + std::move(what), subject});
}

void RunIndex::follow(SimTime at, record::EventBegan const& began) {
    events_.push_back({began.event, at, SimTime::never()});
    turn(at, header_.names.events[began.event], "begins");
}

void RunIndex::follow(SimTime at, record::EventEnded const& ended) {
    for (auto span = events_.rbegin(); span != events_.rend(); ++span)
        if (span->event == ended.event && span->end == SimTime::never()) {
            span->end = at;
            break;
        }
    turn(at, header_.names.events[ended.event], "ends");
}

void RunIndex::follow(SimTime at, record::ReplicaChanged const& changed) {
    auto& replicas = replicas_[changed.service];
    if (changed.replica >= mostReplicas)
        return;
    if (changed.replica >= replicas.size())
        replicas.resize(changed.replica + 1);
    replicas[changed.replica].push_back({at, changed.to});
    if (changed.to == ReplicaState::Down || changed.to == ReplicaState::Hung)
        turn(at, header_.names.services[changed.service],
             changed.to == ReplicaState::Down ? "a replica is down" : "a replica hangs");
}

void RunIndex::follow(SimTime at, record::BreakerChanged const& changed) {
    OfCaller const caller{changed.call, changed.caller};
    callers_[caller].push_back({at, changed.to});
    if (gravityOf(changed.to) == 0)
        breakersNow_.erase(caller);
    else
        breakersNow_[caller] = changed.to;
    BreakerState worst = BreakerState::Closed;
    for (auto i = breakersNow_.lower_bound({changed.call, 0});
         i != breakersNow_.end() && i->first.first == changed.call; ++i)
        if (gravityOf(i->second) > gravityOf(worst))
            worst = i->second;
    auto& course = worst_[changed.call];
    BreakerState const before = course.empty() ? BreakerState::Closed : course.back().worst;
    if (worst == before)
        return;
    course.push_back({at, worst});
    if (gravityOf(worst) >= 2 && gravityOf(worst) > gravityOf(before))
        turn(at, header_.names.calls[changed.call],
             worst == BreakerState::ForcedOpen ? "breaker opened by hand" : "breaker opens");
}

void RunIndex::follow(SimTime at, record::PressureBegan const& pressure) {
    turn(at, header_.names.services[pressure.service],
         pressure.what == record::Pressure::QueueFull ? "queue full" : "workers all busy");
}

double RunIndex::secondsOf(std::size_t i) const {
    SimTime const begin = i == 0 ? SimTime() : ends_[i - 1];
    return std::max(1e-9, (ends_[i] - begin).inSeconds());
}

std::optional<std::size_t> RunIndex::intervalAt(SimTime at) const {
    if (ends_.empty())
        return std::nullopt;
    auto const found = std::lower_bound(ends_.begin(), ends_.end(), at);
    auto const i = static_cast<std::size_t>(found - ends_.begin());
    return std::min(i, ends_.size() - 1);
}

LoadNow RunIndex::loadNow(std::size_t interval, std::uint32_t load) const {
    auto const& row = intervals_[interval].loads[load];
    double const seconds = secondsOf(interval);
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
    now.health = now.badShare >= failingFrom                        ? Health::Failing
                 : share(bad + row.degraded, ended) >= strainedFrom ? Health::Strained
                                                                    : Health::Calm;
    return now;
}

double RunIndex::troubleOf(std::size_t interval, std::uint32_t service, double& attempts) const {
    double failed = 0;
    attempts = 0;
    for (std::uint32_t const call : callsTo_[service]) {
        auto const& row = intervals_[interval].calls[call];
        attempts += row.attempts;
        failed += row.timeouts + row.failures;
    }
    return std::min(1.0, share(failed, attempts));
}

ServiceNow RunIndex::serviceNow(std::size_t interval, std::uint32_t service) const {
    auto const& row = intervals_[interval].services[service];
    double const seconds = secondsOf(interval);
    ServiceNow now;
    now.queue = row.queue;
    now.inService = row.inService;
    now.utilisation = row.utilisation;
    now.arrived = row.arrived / seconds;
    now.trouble = troubleOf(interval, service, now.attempts);
    now.attempts /= seconds;
    now.health = healthOf(now.trouble, now.utilisation);
    return now;
}

CallNow RunIndex::callNow(std::size_t interval, std::uint32_t call) const {
    auto const& row = intervals_[interval].calls[call];
    double const seconds = secondsOf(interval);
    CallNow now;
    now.requests = row.requests / seconds;
    now.attempts = row.attempts / seconds;
    now.failed = (row.timeouts + row.failures) / seconds;
    now.amplification = row.requests > 0 ? row.attempts / static_cast<double>(row.requests) : 1;
    now.trouble = std::min(1.0, share(row.timeouts + row.failures, row.attempts));
    now.waiting = row.waiting;
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
                  : healthOf(troubleOf(i, service, attempts),
                             intervals_[i].services[service].utilisation);
}

Health RunIndex::loadHealth(std::size_t i, std::uint32_t load) const {
    return loadNow(i, load).health;
}

Snapshot RunIndex::stateAt(SimTime at) const {
    Snapshot state;
    state.at = at;
    auto const& names = header_.names;
    state.loads.resize(names.loads.size());
    state.services.resize(names.services.size());
    state.calls.resize(names.calls.size());
    if (auto const i = intervalAt(at)) {
        for (std::uint32_t load = 0; load < state.loads.size(); ++load)
            state.loads[load] = loadNow(*i, load);
        for (std::uint32_t service = 0; service < state.services.size(); ++service)
            state.services[service] = serviceNow(*i, service);
        for (std::uint32_t call = 0; call < state.calls.size(); ++call)
            state.calls[call] = callNow(*i, call);
    }
    for (std::uint32_t s = 0; s < state.services.size(); ++s) {
        auto& service = state.services[s];
        for (auto const& course : replicas_[s]) {
            auto const* last = lastOf(course, at);
            service.replicas.push_back(last == nullptr ? ReplicaState::Up : last->to);
            service.gone += isGone(service.replicas.back()) ? 1 : 0;
        }
        service.workers = static_cast<std::uint32_t>(service.replicas.size())
                          * (s < header_.workers.size() ? header_.workers[s] : 1);
        if (!service.replicas.empty() && service.gone == service.replicas.size())
            service.health = Health::Down;
    }
    for (auto const& [caller, course] : callers_) {
        auto const* last = lastOf(course, at);
        if (last == nullptr)
            continue;
        auto& call = state.calls[caller.first];
        call.halfOpen += last->to == BreakerState::HalfOpen ? 1 : 0;
        call.byHand += last->to == BreakerState::ForcedOpen ? 1 : 0;
        call.open += gravityOf(last->to) >= 2 ? 1 : 0;
    }
    for (auto const& span : events_)
        if (span.begin <= at && at < span.end)
            state.events.push_back(span.event);
    std::sort(state.events.begin(), state.events.end());
    state.events.erase(std::unique(state.events.begin(), state.events.end()), state.events.end());
    return state;
}

std::optional<TurningPoint> RunIndex::next(SimTime after) const {
    auto const found =
        std::upper_bound(turns_.begin(), turns_.end(), after,
                         [](SimTime t, TurningPoint const& turn) { return t < turn.at; });
    return found == turns_.end() ? std::nullopt : std::optional(*found);
}

std::optional<TurningPoint> RunIndex::previous(SimTime before) const {
    auto const found =
        std::lower_bound(turns_.begin(), turns_.end(), before,
                         [](TurningPoint const& turn, SimTime t) { return turn.at < t; });
    return found == turns_.begin() ? std::nullopt : std::optional(*std::prev(found));
}

} // namespace shakedown::gui
