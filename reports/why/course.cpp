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
    addedBy_ = goneBy_;
    ofService_.assign(header.names.services.size(), {});
    ofCall_.assign(header.names.calls.size(), {});
    ofLoad_.assign(header.names.loads.size(), {});
    wasByHand_.assign(header.names.calls.size(), false);
    auto const intervals = static_cast<double>(header.lasts.count())
                           / std::max(1.0, static_cast<double>(header.interval.count()));
    double const each =
        mostInAll / std::max(1.0, intervals * static_cast<double>(header.names.loads.size()));
    quota_ = static_cast<std::size_t>(std::clamp(each, 1.0, double{mostRequests}));
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
        keep(moment.at, *interval);
    } else if (auto const* began = std::get_if<record::EventBegan>(&moment.what)) {
        open(moment.at, *began);
    } else if (auto const* over = std::get_if<record::EventEnded>(&moment.what)) {
        close(over->event, moment.at);
    } else if (auto const* replica = std::get_if<record::ReplicaChanged>(&moment.what)) {
        follow(*replica);
    } else if (auto const* breaker = std::get_if<record::BreakerChanged>(&moment.what)) {
        if (hasRoomIn(breakers_[breaker->call])) {
            breakers_[breaker->call].push_back({moment.at, breaker->caller, breaker->to});
        }
        if (breaker->to == record::BreakerState::ForcedOpen) {
            wasByHand_[breaker->call] = true;
        }
    } else if (auto const* crowded = std::get_if<record::HostCrowded>(&moment.what)) {
        if (hasRoomIn(crowdings_)) {
            crowdings_.push_back(
                {crowded->host, moment.at, SimTime::never(), crowded->user, crowded->waiting});
        }
    } else if (auto const* relieved = std::get_if<record::HostRelieved>(&moment.what)) {
        auto const crowding =
            std::find_if(crowdings_.rbegin(), crowdings_.rend(), [&](Crowding const& c) {
                return c.host == relieved->host && c.end == SimTime::never();
            });
        if (crowding != crowdings_.rend()) {
            crowding->end = moment.at;
        }
    }
}

template <class T>
bool Course::hasRoomIn(std::vector<T> const& list) {
    isWhole_ = isWhole_ && list.size() < mostChanges;
    return list.size() < mostChanges;
}

void Course::keep(SimTime at, record::Interval const& interval) {
    rows_ += interval.loads.size() + interval.services.size() + interval.calls.size() + 1;
    if (rows_ > mostRows) {
        isWhole_ = false;
        return;
    }
    stretches_.push_back({last_, at, interval});
    last_ = at;
    std::fill(keptNow_.begin(), keptNow_.end(), 0);
    auto const count = [&](std::set<record::ReplicaName> const& replicas, auto& by) {
        for (auto const& name : replicas) {
            auto& counts = by[name.service];
            counts.resize(stretches_.size(), 0);
            ++counts.back();
        }
    };
    count(gone_, goneBy_);
    count(added_, addedBy_);
}

void Course::open(SimTime at, record::EventBegan const& began) {
    if (!hasRoomIn(occurrences_)) {
        return;
    }
    auto const index = static_cast<std::uint32_t>(occurrences_.size());
    evidence_.eventSpans.push_back({began.event, at, SimTime::never()});
    occurrences_.push_back(
        {began.event, at, SimTime::never(), began.replicas, began.calls, began.loads});
    auto const enter = [&](Indices& list) {
        if (list.empty() || list.back() != index) {
            list.push_back(index);
        }
    };
    for (auto const& replica : began.replicas) {
        enter(ofService_[replica.service]);
    }
    for (std::uint32_t const call : began.calls) {
        enter(ofCall_[call]);
    }
    for (std::uint32_t const load : began.loads) {
        enter(ofLoad_[load]);
    }
}

// A replica beyond those configured is missed by nobody before it is up.
void Course::follow(record::ReplicaChanged const& changed) {
    record::ReplicaName const name{changed.service, changed.replica};
    bool const isGone = changed.to == record::ReplicaState::Down
                        || changed.to == record::ReplicaState::Hung
                        || changed.to == record::ReplicaState::Starting;
    bool const isConfigured = changed.replica < header_.replicas[changed.service];
    auto& list = isConfigured ? gone_ : added_;
    if (isGone == isConfigured) {
        list.insert(name);
    } else {
        list.erase(name);
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
        || spans_ + request.spans.size() > mostSpans || keptNow_[request.load] >= quota_
        || !canBeWalked(request)) {
        return;
    }
    ++keptNow_[request.load];
    spans_ += request.spans.size();
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
    bool const stays = verb == "set" || verb == "flip_breaker" || verb == "scale";
    open->atOnce = open->begin == at;
    open->end = open->atOnce && stays ? SimTime::never() : at;
    evidence_.eventSpans[static_cast<std::size_t>(occurrences_.rend() - open) - 1].end = at;
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
std::vector<std::uint32_t> Course::eventsThat(Indices const& among, Effect effect, SimTime from,
                                              SimTime to, Touches const& touches) const {
    std::vector<std::uint32_t> events;
    for (std::uint32_t const i : among) {
        Occurrence const& o = occurrences_[i];
        if (o.begin > to) {
            break;
        }
        SimTime const end = o.atOnce && effect == Effect::TakesAway ? o.begin : o.end;
        bool const has =
            o.event >= header_.verbs.size() || why::has(header_.verbs[o.event], effect);
        if (end >= from && has && touches(o)) {
            events.push_back(o.event);
        }
    }
    std::sort(events.begin(), events.end());
    events.erase(std::unique(events.begin(), events.end()), events.end());
    return events;
}

namespace {

bool isAmong(std::vector<record::ReplicaName> const& replicas, std::uint32_t service,
             std::uint32_t replica) {
    return std::any_of(replicas.begin(), replicas.end(), [&](record::ReplicaName r) {
        return r.service == service && (replica == nobody || r.replica == replica);
    });
}

constexpr auto anyOfThem = [](Occurrence const&) { return true; };

} // namespace

std::vector<std::uint32_t> Course::onService(std::uint32_t service, std::uint32_t replica,
                                             Effect effect, SimTime from, SimTime to) const {
    return eventsThat(ofService_[service], effect, from, to, [&](Occurrence const& o) {
        return replica == nobody || isAmong(o.replicas, service, replica);
    });
}

std::vector<std::uint32_t> Course::lastOnService(std::uint32_t service, std::uint32_t replica,
                                                 Effect effect, SimTime at) const {
    auto const& among = ofService_[service];
    for (auto i = among.rbegin(); i != among.rend(); ++i) {
        Occurrence const& o = occurrences_[*i];
        bool const has =
            o.event >= header_.verbs.size() || why::has(header_.verbs[o.event], effect);
        if (o.begin <= at && has && isAmong(o.replicas, service, replica)) {
            return {o.event};
        }
    }
    return {};
}

std::vector<std::uint32_t> Course::onCall(std::uint32_t call, Effect effect, SimTime from,
                                          SimTime to) const {
    return eventsThat(ofCall_[call], effect, from, to, anyOfThem);
}

std::vector<std::uint32_t> Course::allOnCall(std::uint32_t call, SimTime from, SimTime to) const {
    std::vector<std::uint32_t> events;
    for (std::uint32_t const i : ofCall_[call])
        if (occurrences_[i].begin <= to && occurrences_[i].end >= from)
            events.push_back(occurrences_[i].event);
    std::sort(events.begin(), events.end());
    events.erase(std::unique(events.begin(), events.end()), events.end());
    return events;
}

std::vector<std::uint32_t> Course::onLoad(std::uint32_t load, Effect effect, SimTime from,
                                          SimTime to) const {
    return eventsThat(ofLoad_[load], effect, from, to, anyOfThem);
}

bool Course::isOpenByHand(std::uint32_t call, SimTime at) const {
    if (!wasByHand_[call]) {
        return false;
    }
    std::set<std::uint32_t> seen; // callers, latest change first
    auto const& changes = breakers_[call];
    for (auto change = changes.rbegin(); change != changes.rend(); ++change) {
        if (change->at <= at && seen.insert(change->caller).second
            && change->to == record::BreakerState::ForcedOpen) {
            return true;
        }
    }
    return false;
}

std::uint32_t Course::goneAt(std::size_t stretch, std::uint32_t service) const {
    auto const& counts = goneBy_[service];
    return stretch < counts.size() ? counts[stretch] : 0;
}

std::uint32_t Course::addedAt(std::size_t stretch, std::uint32_t service) const {
    auto const& counts = addedBy_[service];
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
