#include "reports/why/pools.hpp"

#include <algorithm>

#include "reports/why/call_order.hpp"
#include "reports/why/event_shares.hpp"

namespace shakedown::why {

using record::nobody;

namespace {

// Below this share of busy workers an empty queue is a calm service.
constexpr double busy = 0.95;

} // namespace

Pools::Pools(Course const& course)
    : course_(course), order_(calleesFirst(course)), loadsInto_(why::loadsInto(course, order_)),
      ordinary_(course, order_) {
    std::size_t const services = course.header().names.services.size();
    mass_.resize(services);
    excess_.assign(services, 0);
    for (std::size_t i = 0; i < course.stretches().size(); ++i) {
        held_.emplace_back(services);
        queued_.emplace_back(services);
        follow(i);
    }
}

void Pools::follow(std::size_t stretch) {
    for (std::uint32_t const s : order_) {
        held_[stretch][s] = heldNow(s, stretch);
        lose(s, stretch);
    }
}

std::vector<Pools::Holder> Pools::holders(std::uint32_t service, std::size_t stretch) const {
    auto const& what = course_.stretches()[stretch].what;
    double const inService = what.services[service].inService;
    std::vector<Holder> holders;
    double waiting = 0;
    for (std::uint32_t const call : course_.callsOf(service)) {
        waiting += what.calls[call].waiting;
    }
    double const all = std::max(inService, waiting);
    for (std::uint32_t const call : course_.callsOf(service)) {
        if (what.calls[call].waiting > 0) {
            holders.push_back({call, what.calls[call].waiting / all});
        }
    }
    return holders;
}

Shares Pools::heldNow(std::uint32_t service, std::size_t stretch) const {
    auto const& row = course_.stretches()[stretch].what.services[service];
    auto const holding = holders(service, stretch);
    if (row.inService == 0 && holding.empty()) {
        // Nobody to ask; a fault that is at work holds whoever comes.
        return ownWork(service, stretch);
    }
    Shares shares;
    double rest = 1;
    for (auto const& holder : holding) {
        shares.add(call(holder.call, stretch), holder.share);
        rest -= holder.share;
    }
    if (rest > 0) {
        shares.add(ownWork(service, stretch), rest);
    }
    return shares.normalised();
}

Shares Pools::ownWork(std::uint32_t service, std::size_t stretch) const {
    auto const& span = course_.stretches()[stretch];
    auto const events = course_.onService(service, nobody, Effect::Slows, span.begin, span.end);
    Shares shares;
    if (!events.empty()) {
        addEvents(shares, events, 1);
        return shares;
    }
    std::uint32_t const user = course_.neighbourOf(service, span.begin, span.end);
    if (user != nobody && user != service) {
        return Shares::of({CauseKind::Neighbour, user});
    }
    return Shares::ordinarily();
}

Shares Pools::call(std::uint32_t call, std::size_t stretch) const {
    auto const& span = course_.stretches()[stretch];
    std::uint32_t const to = course_.routes()[call].to;
    if (to == nobody) {
        return Shares::ordinarily();
    }
    auto const& row = span.what.services[to];
    double const there = double{1} * row.queue + row.inService;
    double underWay = 0;
    for (std::uint32_t const other : course_.callsTo(to)) {
        underWay += span.what.calls[other].waiting;
    }
    auto const disturbing = course_.onCall(call, Effect::Disturbs, span.begin - echo, span.end);
    double between = underWay > 0 ? std::max(0.0, underWay - there) / underWay : 0;
    if (underWay + there <= 0) {
        between = disturbing.empty() ? 0 : 1;
    }
    Shares shares;
    if (disturbing.empty()) {
        // A process that hangs takes nothing in: what it should have is still on the way.
        Shares const own = ownWork(to, stretch);
        shares.add(own.blamesNobody() ? Shares::ordinarily() : own, between);
    } else {
        addEvents(shares, disturbing, between);
    }
    if (there > 0) {
        shares.add(queued_[stretch][to].blamesNobody() ? held_[stretch][to] : queued_[stretch][to],
                   (1 - between) * row.queue / there);
        shares.add(held_[stretch][to], (1 - between) * row.inService / there);
    } else {
        shares.add(held_[stretch][to], 1 - between);
    }
    return shares.total() > 0 ? shares.normalised() : Shares::ordinarily();
}

// Worker-seconds lost in this stretch, by cause, while somebody waits.
void Pools::lose(std::uint32_t service, std::size_t stretch) {
    auto const& span = course_.stretches()[stretch];
    auto const& row = span.what.services[service];
    double const seconds = span.seconds();
    double const replicas = std::max(1U, course_.header().replicas[service]);
    double const each = course_.workersOf(service) / replicas;
    double const gone = std::min(replicas, double{1} * course_.goneAt(stretch, service));
    double const workers = each * (replicas + course_.addedAt(stretch, service));
    bool const suffers = row.queue > 0 || row.rejected > 0 || row.utilisation > busy;
    Shares& mass = mass_[service];
    if (!suffers) {
        mass.clear();
        excess_[service] = 0;
        return;
    }
    double const up = workers - each * gone;
    Shares const& held = held_[stretch][service];
    for (auto const& [cause, weight] : held.entries()) {
        mass.add(cause, weight * row.utilisation * up * seconds);
    }
    if (gone > 0) {
        auto events = course_.onService(service, nobody, Effect::TakesAway, span.begin, span.end);
        if (events.empty()) {
            events = course_.lastOnService(service, nobody, Effect::TakesAway, span.end);
        }
        addEvents(mass, events, (workers - up) * seconds);
    }
    double const hold = ordinary_.hold(service);
    double retries = 0;
    for (std::uint32_t const call : course_.callsTo(service)) {
        retries += span.what.calls[call].retries;
    }
    retries = std::min(retries, double{1} * row.arrived);
    if (retries > 0) {
        Shares const reason = retriedFor(service, stretch);
        for (auto const& [cause, weight] : reason.entries()) {
            mass.add(cause, weight * retries * hold);
        }
    }
    double extra = surplus(service, stretch, mass);
    double const regular = ordinary_.arrivals(service) * seconds;
    extra += released(service, stretch, regular + extra + retries, mass);
    excess_[service] += std::max(0.0, row.arrived - retries - extra) * hold - workers * seconds;
    Shares all = mass;
    all.add({CauseKind::Overload, service}, excess_[service]);
    queued_[stretch][service] = all.blame();
}

// Requests that come because of a surge; those of `set` rates alike.
double Pools::surplus(std::uint32_t service, std::size_t stretch, Shares& mass) const {
    auto const& span = course_.stretches()[stretch];
    double offered = 0;
    double extra = 0;
    Shares by;
    for (std::uint32_t const load : loadsInto_[service]) {
        double const now = span.what.loads[load].offered;
        offered += now;
        auto events = course_.onLoad(load, Effect::Floods, span.begin, span.end);
        auto const sets = course_.onLoad(load, Effect::Sets, span.begin, span.end);
        events.insert(events.end(), sets.begin(), sets.end());
        double const beyond = now - ordinary_.offered(load) * span.seconds();
        if (!events.empty() && beyond > 0 && ordinary_.offered(load) >= 0) {
            extra += beyond;
            addEvents(by, events, beyond);
        }
    }
    if (offered <= 0 || extra <= 0) {
        return 0;
    }
    double const arrived = span.what.services[service].arrived * extra / offered;
    mass.add(by, arrived * ordinary_.hold(service) / extra);
    return arrived;
}

// Requests beyond the regular ones that a fault of the network held back, and let go.
double Pools::released(std::uint32_t service, std::size_t stretch, double regular,
                       Shares& mass) const {
    auto const& span = course_.stretches()[stretch];
    double const arrived = span.what.services[service].arrived;
    if (ordinary_.arrivals(service) < 0 || arrived < 1.5 * regular) {
        return 0;
    }
    std::vector<std::uint32_t> events;
    for (std::uint32_t const call : course_.callsTo(service)) {
        auto const more = course_.onCall(call, Effect::Disturbs, span.begin - echo, span.end);
        events.insert(events.end(), more.begin(), more.end());
    }
    std::sort(events.begin(), events.end());
    events.erase(std::unique(events.begin(), events.end()), events.end());
    if (events.empty()) {
        return 0;
    }
    addEvents(mass, events, (arrived - regular) * ordinary_.hold(service));
    return arrived - regular;
}

// Attempts fail again for what the queue is put down to so far, or for what disturbs the calls.
Shares Pools::retriedFor(std::uint32_t service, std::size_t stretch) const {
    if (!mass_[service].blamesNobody()) {
        return mass_[service].blame();
    }
    auto const& span = course_.stretches()[stretch];
    Shares reason;
    addEvents(reason,
              course_.onService(service, nobody, Effect::Fails, span.begin - echo, span.end), 1);
    for (std::uint32_t const call : course_.callsTo(service)) {
        addEvents(reason, course_.onCall(call, Effect::Disturbs, span.begin - echo, span.end), 1);
        addEvents(reason, course_.onCall(call, Effect::Fails, span.begin - echo, span.end), 1);
    }
    return reason.blame();
}

} // namespace shakedown::why
