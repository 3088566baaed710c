#include "chaos-agent/safety/host_keeper.hpp"

#include <algorithm>

#include "chaos-agent/system/boot.hpp"

/// What the keeper adopts when it is opened, and how it writes down and tells.
namespace shakedown::safety {

namespace {

using protocol::EndReason;
using protocol::FaultState;
using system::Failed;
using system::Failure;
using system::Got;

constexpr std::size_t eventsAtHand = 1000;

// Where it is not known, what was done may still be there. Agents before 0.1 wrote "unknown".
bool isOfAnotherBoot(std::string const& boot) {
    std::string const now = system::bootId();
    return !now.empty() && !boot.empty() && boot != "unknown" && boot != now;
}

} // namespace

char const* nameOf(Point point) {
    switch (point) {
    case Point::BeforeAudit:
        return "before audit";
    case Point::AfterAudit:
        return "after audit";
    case Point::BeforeJournal:
        return "before journal";
    case Point::AfterJournal:
        return "after journal";
    case Point::BeforeApply:
        return "before apply";
    case Point::AfterApply:
        return "after apply";
    case Point::BeforeRevert:
        return "before revert";
    case Point::AfterRevert:
        return "after revert";
    }
    return "";
}

Got<std::unique_ptr<HostKeeper>> HostKeeper::open(KeeperSettings settings, Journal journal,
                                                  AuditLog audit, Duration now) {
    auto live = journal.live();
    if (auto const* failure = std::get_if<Failure>(&live))
        return *failure;
    auto const ended = journal.ended(endedAtHand);
    if (auto const* failure = std::get_if<Failure>(&ended))
        return *failure;
    auto const halt = journal.halt();
    if (auto const* failure = std::get_if<Failure>(&halt))
        return *failure;
    std::unique_ptr<HostKeeper> keeper(
        new HostKeeper(std::move(settings), std::move(journal), std::move(audit), now));
    keeper->halt_ = std::get<protocol::Halt>(halt);
    for (auto const& entry : std::get<std::vector<JournalEntry>>(ended)) {
        keeper->ended_.push_back(keeper->reportOf(entry, nullptr));
        keeper->rememberKey(entry);
    }
    for (auto& entry : std::get<std::vector<JournalEntry>>(live))
        keeper->adopt(std::move(entry));
    for (auto& [id, one] : keeper->live_)
        keeper->settle(one);
    return keeper;
}

HostKeeper::HostKeeper(KeeperSettings settings, Journal journal, AuditLog audit, Duration now)
    : settings_(std::move(settings)), journal_(std::move(journal)), audit_(std::move(audit)),
      now_(now) {}

// What another process left. After a restart of the host, neither its processes nor its network
// namespaces are there any more, and their numbers may be others'. Files are.
void HostKeeper::adopt(JournalEntry entry) {
    std::string const id = entry.id;
    Live& live = live_[id];
    live.entry = std::move(entry);
    live.revertBegan = system::sinceBoot();
    rememberKey(live.entry);
    if (!live.entry.unreadable.empty()) {
        stick(live, "its entry in the journal cannot be read (" + live.entry.unreadable
                        + "), so what it did is not known");
        return;
    }
    auto const& steps = live.entry.steps;
    if (isOfAnotherBoot(live.entry.boot)
        && std::none_of(steps.begin(), steps.end(), injectors::outlivesBoot)) {
        live.entry.state = FaultState::Reverted;
        live.entry.reason = EndReason::AgentLost;
        live.entry.detail = "the host was restarted since, and the fault went with it";
        finish(live);
        return;
    }
    beginRevert(live, EndReason::AgentLost, live.entry.detail);
}

void HostKeeper::rememberKey(JournalEntry const& entry) {
    if (!entry.key.empty())
        keys_[{entry.owner, entry.key}] = entry.id;
}

std::size_t HostKeeper::liveCount() const {
    return static_cast<std::size_t>(std::count_if(live_.begin(), live_.end(), [](auto const& one) {
        return !isOver(one.second.entry.state);
    }));
}

void HostKeeper::at(Point point) const {
    if (settings_.onPoint)
        settings_.onPoint(point);
}

Failed HostKeeper::record(AuditLine const& line) {
    at(Point::BeforeAudit);
    auto failed = audit_.append(line, system::wallClockMs());
    canAudit_ = !failed;
    at(Point::AfterAudit);
    return failed;
}

// Who knocks all day must not fill the disk, nor push out of the log what others did.
void HostKeeper::record(AuditLine const& line, Often& often) {
    constexpr std::size_t aMinute = 100;
    if (now_ - often.since >= Duration::seconds(60)) {
        if (often.count > aMinute)
            (void)record({"agent", line.what, "",
                          std::to_string(often.count - aMinute) + " more in that minute"});
        often = {now_, 0};
    }
    if (++often.count <= aMinute)
        (void)record(line);
}

Failed HostKeeper::write(Live const& live) {
    if (!live.entry.unreadable.empty())
        return {}; // what there is of it is for people to look at
    at(Point::BeforeJournal);
    auto failed = journal_.put(live.entry, audit_.tail());
    canJournal_ = !failed;
    at(Point::AfterJournal);
    return failed;
}

void HostKeeper::tell(std::string const& what, std::string const& fault,
                      std::string const& detail) {
    events_.push_back({++eventCount_, system::wallClockMs(), what, fault, detail});
    if (events_.size() > eventsAtHand)
        events_.pop_front();
    if (listener_)
        listener_(events_.back());
}

injectors::Protected HostKeeper::spared() const {
    auto spared = settings_.spared;
    if (watchdog_)
        spared.processes.push_back(*watchdog_);
    return spared;
}

AtWork HostKeeper::atWork() const {
    AtWork atWork;
    for (auto const& [id, live] : live_) {
        if (isOver(live.entry.state))
            continue;
        ++atWork.faults;
        if (live.entry.unreadable.empty())
            atWork.targets.insert(live.entry.request.target);
    }
    return atWork;
}

HostKeeper::Live* HostKeeper::find(std::string const& id) {
    auto const found = live_.find(id);
    return found == live_.end() || isOver(found->second.entry.state) ? nullptr : &found->second;
}

} // namespace shakedown::safety
