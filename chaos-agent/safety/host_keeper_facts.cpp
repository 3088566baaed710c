#include "chaos-agent/safety/host_keeper.hpp"

#include <algorithm>

#include "chaos-agent/faults/capabilities.hpp"
#include "chaos-agent/system/boot.hpp"

/// What the keeper tells of itself, and is told of those who are denied.
namespace shakedown::safety {

namespace {

using protocol::FaultReport;
using protocol::FaultState;

} // namespace

Or<FaultReport> HostKeeper::get(std::string const& id) const {
    if (auto const found = live_.find(id); found != live_.end())
        return reportOf(found->second.entry, &found->second);
    for (auto const& report : ended_)
        if (report.id == id)
            return report;
    return Refusal{Refusal::Reason::NotFound, "there is no fault " + id};
}

std::vector<FaultReport> HostKeeper::list() const {
    std::vector<FaultReport> reports;
    for (auto const& [id, live] : live_)
        if (!isOver(live.entry.state))
            reports.push_back(reportOf(live.entry, &live));
    for (auto const& report : ended_)
        if (reports.size() < endedAtHand)
            reports.push_back(report);
    return reports;
}

FaultReport HostKeeper::reportOf(JournalEntry const& entry, Live const* live) const {
    FaultReport report;
    report.id = entry.id;
    report.planHash = entry.planHash;
    report.request = entry.request;
    report.owner = entry.owner;
    report.state = entry.state;
    report.reason = entry.reason;
    report.irreversible = entry.irreversible;
    report.detail = entry.detail;
    report.facts = entry.facts;
    report.startedAtMs = entry.startedAtMs;
    report.endedAtMs = entry.endedAtMs;
    if (live != nullptr
        && (entry.state == FaultState::Applying || entry.state == FaultState::Applied)) {
        report.leaseLeft = std::max(Duration(), live->leaseUntil - now_);
        report.durationLeft = std::max(Duration(), live->endsAt - now_);
    }
    return report;
}

void HostKeeper::onDenied(std::string const& who, std::string const& what) {
    ++health_.refused;
    record({who, "denied", "", what}, denied_);
}

std::vector<std::string> HostKeeper::audit(std::size_t count) const {
    return audit_.newest(count);
}

void HostKeeper::onEvent(std::function<void(protocol::AgentEvent const&)> listener) {
    listener_ = std::move(listener);
}

std::vector<protocol::AgentEvent> HostKeeper::eventsAfter(std::uint64_t number) const {
    std::vector<protocol::AgentEvent> events;
    for (auto const& event : events_)
        if (event.number > number)
            events.push_back(event);
    return events;
}

Keeper::Health HostKeeper::health() const {
    Health health = health_;
    health.canRecord = canAudit_ && canJournal_;
    health.isWatched = watchdog_.has_value();
    for (auto const& [id, live] : live_) {
        health.active +=
            live.entry.state == FaultState::Applying || live.entry.state == FaultState::Applied;
        health.stuck += live.entry.state == FaultState::Stuck;
    }
    return health;
}

std::vector<std::string> HostKeeper::targets() const {
    std::vector<std::string> names;
    for (auto const& [name, target] : settings_.targets)
        names.push_back(name);
    return names;
}

std::vector<protocol::Capability> HostKeeper::capabilities() const {
    return injectors::capabilitiesOf(settings_.targets, spared(), settings_.meanwhile);
}

} // namespace shakedown::safety
