#include "gui/session/run_index.hpp"

#include <algorithm>

#include "gui/session/courses.hpp"
#include "reports/record/event_kind.hpp"
#include "scenarios/vocabulary/overloaded.hpp"

namespace shakedown::gui {

namespace {

using record::BreakerState;
using record::ReplicaState;

constexpr std::uint32_t mostReplicas = 10'000; // of a service; a record may be edited

} // namespace

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
