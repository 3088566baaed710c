#include "reports/why/course.hpp"

#include <algorithm>

#include "scenarios/vocabulary/require.hpp"

namespace shakedown::why {

using record::nobody;

namespace {

// Whether there are spans, each behind its parent and none too deep below.
bool canBeWalked(record::Request const& request) {
    std::vector<std::size_t> depths;
    for (auto const& span : request.spans) {
        bool const isRoot = span.parent == nobody;
        if (!isRoot && span.parent >= depths.size()) {
            return false;
        }
        depths.push_back(isRoot ? 1 : depths[span.parent] + 1);
        if (depths.back() > Course::deepest) {
            return false;
        }
    }
    return !request.spans.empty();
}

} // namespace

bool isBad(record::Request const& request, record::Header const& header) {
    if (request.ended == SimTime::never()) {
        return false;
    }
    if (request.outcome != measure::Outcome::Ok) {
        return true;
    }
    return request.load < header.inTime.size()
           && request.ended - request.intended > header.inTime[request.load];
}

void Course::begin(record::Header const& header) {
    header_ = header;
    // A record may say less of its services than it names.
    header_.replicas.resize(header.names.services.size(), 1);
    header_.workers.resize(header.names.services.size(), 1);
    routes_ = record::routesOf(header.names);
    endpoints_ = record::servicesOfEndpoints(header.names);
    callsOf_.assign(header.names.services.size(), {});
    callsTo_.assign(header.names.services.size(), {});
    breakers_.assign(header.names.calls.size(), {});
    goneBy_.assign(header.names.services.size(), {});
    servicesOf_.assign(header.names.loads.size(), {});
    keptNow_.assign(header.names.loads.size(), 0);
    for (std::uint32_t c = 0; c < routes_.size(); ++c) {
        if (routes_[c].fromService != nobody) {
            callsOf_[routes_[c].fromService].push_back(c);
        }
        if (routes_[c].to != nobody) {
            callsTo_[routes_[c].to].push_back(c);
        }
    }
}

void Course::take(record::Moment const& moment) {
    ended_ = std::max(ended_, moment.at);
    evidence_.ended = ended_;
    bool const isTurningPoint = !std::holds_alternative<record::Request>(moment.what)
                                && !std::holds_alternative<record::Interval>(moment.what)
                                && !std::holds_alternative<record::RunEnded>(moment.what);
    if (isTurningPoint && evidence_.turningPoints.size() < verdict::Evidence::momentCap) {
        evidence_.turningPoints.push_back(moment);
    }
    if (auto const* request = std::get_if<record::Request>(&moment.what)) {
        keep(*request);
    } else if (auto const* interval = std::get_if<record::Interval>(&moment.what)) {
        stretches_.push_back({last_, moment.at, *interval});
        last_ = moment.at;
        std::fill(keptNow_.begin(), keptNow_.end(), 0);
        for (auto const& [name, state] : gone_) {
            auto& counts = goneBy_[name.service];
            counts.resize(stretches_.size(), 0);
            ++counts.back();
        }
    } else if (auto const* began = std::get_if<record::EventBegan>(&moment.what)) {
        evidence_.eventSpans.push_back({began->event, moment.at, SimTime::never()});
        occurrences_.push_back({began->event, moment.at, SimTime::never(), began->replicas,
                                began->calls, began->loads});
    } else if (auto const* over = std::get_if<record::EventEnded>(&moment.what)) {
        close(over->event, moment.at);
    } else if (auto const* replica = std::get_if<record::ReplicaChanged>(&moment.what)) {
        bool const isGone = replica->to == record::ReplicaState::Down
                            || replica->to == record::ReplicaState::Hung
                            || replica->to == record::ReplicaState::Starting;
        if (isGone) {
            gone_[{replica->service, replica->replica}] = replica->to;
        } else {
            gone_.erase({replica->service, replica->replica});
        }
    } else if (auto const* breaker = std::get_if<record::BreakerChanged>(&moment.what)) {
        breakers_[breaker->call].push_back({moment.at, breaker->caller, breaker->to});
    } else if (auto const* crowded = std::get_if<record::HostCrowded>(&moment.what)) {
        crowdings_.push_back(
            {crowded->host, moment.at, SimTime::never(), crowded->user, crowded->waiting});
    } else if (auto const* relieved = std::get_if<record::HostRelieved>(&moment.what)) {
        for (auto& crowding : crowdings_) {
            if (crowding.host == relieved->host && crowding.end == SimTime::never()) {
                crowding.end = moment.at;
            }
        }
    }
}

void Course::keep(record::Request const& request) {
    for (auto const& span : request.spans) {
        if (endpoints_[span.endpoint] == nobody) {
            return; // it cannot be followed through a service that the header does not name
        }
        servicesOf_[request.load].insert(endpoints_[span.endpoint]);
    }
    if (!isBad(request, header_) || requests_.size() >= mostInAll
        || keptNow_[request.load] >= mostRequests || !canBeWalked(request)) {
        return;
    }
    ++keptNow_[request.load];
    requests_.push_back(request);
}

void Course::close(std::uint32_t event, SimTime at) {
    auto const open =
        std::find_if(occurrences_.rbegin(), occurrences_.rend(), [&](Occurrence const& o) {
            return o.event == event && o.end == SimTime::never();
        });
    if (open == occurrences_.rend()) {
        return;
    }
    // What is done at one stroke stays; of what goes by itself (a restart) the replicas tell.
    std::string const verb = event < header_.verbs.size() ? header_.verbs[event] : "";
    bool const stays = verb == "set" || verb == "flip_breaker" || verb == "kill" || verb == "scale";
    open->end = open->begin == at && stays ? SimTime::never() : at;
}

std::size_t Course::stretchAt(SimTime at) const {
    require(!stretches_.empty(), "a course has stretches");
    auto const found = std::lower_bound(stretches_.begin(), stretches_.end(), at,
                                        [](Stretch const& s, SimTime t) { return s.end < t; });
    auto const i = static_cast<std::size_t>(found - stretches_.begin());
    return std::min(i, stretches_.size() - 1);
}

double Course::workersOf(std::uint32_t service) const {
    return static_cast<double>(header_.replicas[service]) * header_.workers[service];
}

SimTime Course::firstEvent() const {
    return occurrences_.empty() ? SimTime::never() : occurrences_.front().begin;
}

template <class Touches>
std::vector<std::uint32_t> Course::eventsThat(Effect effect, SimTime from, SimTime to,
                                              Touches const& touches) const {
    std::vector<std::uint32_t> events;
    for (auto const& o : occurrences_) {
        if (o.begin > to) {
            break;
        }
        bool const has =
            o.event >= header_.verbs.size() || why::has(header_.verbs[o.event], effect);
        if (o.end >= from && has && touches(o)) {
            events.push_back(o.event);
        }
    }
    std::sort(events.begin(), events.end());
    events.erase(std::unique(events.begin(), events.end()), events.end());
    return events;
}

std::vector<std::uint32_t> Course::onService(std::uint32_t service, std::uint32_t replica,
                                             Effect effect, SimTime from, SimTime to) const {
    return eventsThat(effect, from, to, [&](Occurrence const& o) {
        return std::any_of(o.replicas.begin(), o.replicas.end(), [&](record::ReplicaName r) {
            return r.service == service && (replica == nobody || r.replica == replica);
        });
    });
}

std::vector<std::uint32_t> Course::lastOnService(std::uint32_t service, std::uint32_t replica,
                                                 Effect effect, SimTime at) const {
    for (auto o = occurrences_.rbegin(); o != occurrences_.rend(); ++o) {
        bool const touches =
            std::any_of(o->replicas.begin(), o->replicas.end(), [&](record::ReplicaName r) {
                return r.service == service && (replica == nobody || r.replica == replica);
            });
        bool const has =
            o->event >= header_.verbs.size() || why::has(header_.verbs[o->event], effect);
        if (o->begin <= at && touches && has) {
            return {o->event};
        }
    }
    return {};
}

std::vector<std::uint32_t> Course::onCall(std::uint32_t call, Effect effect, SimTime from,
                                          SimTime to) const {
    return eventsThat(effect, from, to, [&](Occurrence const& o) {
        return std::binary_search(o.calls.begin(), o.calls.end(), call);
    });
}

std::vector<std::uint32_t> Course::onLoad(std::uint32_t load, Effect effect, SimTime from,
                                          SimTime to) const {
    return eventsThat(effect, from, to, [&](Occurrence const& o) {
        return std::binary_search(o.loads.begin(), o.loads.end(), load);
    });
}

std::uint32_t Course::goneAt(std::size_t stretch, std::uint32_t service) const {
    auto const& counts = goneBy_[service];
    return stretch < counts.size() ? counts[stretch] : 0;
}

std::uint32_t Course::neighbourOf(std::uint32_t service, SimTime from, SimTime to) const {
    for (auto const& c : crowdings_) {
        if (c.begin <= to && c.end >= from && c.waiting == service) {
            return c.user;
        }
    }
    return nobody;
}

} // namespace shakedown::why
