#include "chaos-agent/safety/host_keeper.hpp"

#include <algorithm>

#include "chaos-agent/protocol/fault_json.hpp"
#include "chaos-agent/system/boot.hpp"
#include "chaos-agent/system/sha256.hpp"

namespace shakedown::safety {

namespace {

using protocol::EndReason;
using protocol::FaultReport;
using protocol::FaultRequest;
using protocol::FaultState;
using system::Failed;
using system::Failure;
using system::Got;
using Is = injectors::Verdict::Is;

constexpr std::size_t endedAtHand = 1000;
constexpr std::size_t eventsAtHand = 1000;
constexpr Duration patience = Duration::seconds(30); // for what a process does in its own time
constexpr Duration betweenTries = Duration::seconds(5);

Refusal refusal(Refusal::Reason reason, std::string message) {
    return {reason, std::move(message)};
}

bool isSame(FaultRequest const& a, FaultRequest const& b) {
    return protocol::toJson(a) == protocol::toJson(b);
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
    return keeper;
}

HostKeeper::HostKeeper(KeeperSettings settings, Journal journal, AuditLog audit, Duration now)
    : settings_(std::move(settings)), journal_(std::move(journal)), audit_(std::move(audit)),
      now_(now) {}

// What another process left. After a restart of the host, neither its processes nor its network
// namespaces are there any more, and their numbers may be others'.
void HostKeeper::adopt(JournalEntry entry) {
    std::string const id = entry.id;
    Live& live = live_[id];
    live.entry = std::move(entry);
    live.revertBegan = system::sinceBoot();
    rememberKey(live.entry);
    if (live.entry.boot != system::bootId()) {
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
    health_.canRecord = !failed;
    at(Point::AfterAudit);
    return failed;
}

Failed HostKeeper::write(Live const& live) {
    at(Point::BeforeJournal);
    auto failed = journal_.put(live.entry, audit_.tail());
    health_.canRecord = !failed;
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

AtWork HostKeeper::atWork() const {
    AtWork atWork;
    for (auto const& [id, live] : live_) {
        if (isOver(live.entry.state))
            continue;
        ++atWork.faults;
        atWork.targets.insert(live.entry.request.target);
    }
    return atWork;
}

Or<injectors::Plan> HostKeeper::allowedPlan(FaultRequest const& request) {
    using Reason = Refusal::Reason;
    if (halt_.on)
        return refusal(Reason::Halted, "halted by " + halt_.by + ": " + halt_.reason);
    if (auto why = denial(request, settings_.targets, settings_.caps, atWork()))
        return refusal(Reason::NotAllowed, *why);
    auto planned = injectors::planOf(request, settings_.targets, settings_.spared);
    auto* plan = std::get_if<injectors::Plan>(&planned);
    // Two faults that fight are told as that, though planning may trip over the first as well.
    for (auto const& [id, live] : live_) {
        if (isOver(live.entry.state))
            continue;
        bool const fights =
            plan != nullptr
            && std::any_of(plan->claims.begin(), plan->claims.end(), [&](std::string const& claim) {
                   auto const& held = live.entry.claims;
                   return std::find(held.begin(), held.end(), claim) != held.end();
               });
        bool const isTwin = live.entry.request.target == request.target
                            && live.entry.request.what.index() == request.what.index();
        if (fights || isTwin)
            return refusal(Reason::Conflict, std::string("'") + nameOf(request.what) + "' on '"
                                                 + request.target + "' fights over "
                                                 + live.entry.claims.front() + " with '"
                                                 + nameOf(live.entry.request.what) + "' (fault "
                                                 + id + " of " + live.entry.owner + ")");
    }
    if (plan == nullptr)
        return refusal(Reason::NotPossible, std::get<Failure>(planned).why);
    return std::move(*plan);
}

Or<protocol::PlanReport> HostKeeper::plan(FaultRequest const& request) {
    auto const allowed = allowedPlan(request);
    if (auto const* refused = std::get_if<Refusal>(&allowed))
        return *refused;
    return injectors::reportOf(std::get<injectors::Plan>(allowed));
}

Or<FaultReport> HostKeeper::start(FaultRequest const& request, Caller const& caller,
                                  std::string const& key) {
    if (!key.empty())
        if (auto const known = keys_.find({caller.name, key}); known != keys_.end()) {
            auto earlier = get(known->second);
            auto const* report = std::get_if<FaultReport>(&earlier);
            if (report != nullptr && !isSame(report->request, request))
                return refusal(Refusal::Reason::Conflict,
                               "the idempotency key '" + key + "' was used for another request");
            return earlier;
        }
    auto allowed = allowedPlan(request);
    if (auto const* refused = std::get_if<Refusal>(&allowed)) {
        ++health_.refused;
        (void)record({caller.name, "refused", "",
                      std::string(nameOf(request.what)) + " on " + request.target + ": "
                          + refused->message});
        return *refused;
    }
    auto& plan = std::get<injectors::Plan>(allowed);

    Live live;
    live.entry.id = system::randomDigits(16);
    live.entry.request = request;
    live.entry.planHash = injectors::hashOf(plan);
    live.entry.steps = std::move(plan.steps);
    live.entry.claims = std::move(plan.claims);
    live.entry.irreversible = plan.irreversible;
    live.entry.owner = caller.name;
    live.entry.key = key;
    live.entry.boot = system::bootId();
    live.entry.startedAtMs = system::wallClockMs();
    live.leaseUntil = now_ + request.lease;
    live.endsAt = now_ + request.duration;
    live.decideBy = now_ + patience;

    auto failed =
        record({caller.name, "start", live.entry.id,
                std::string(nameOf(request.what)) + " on " + request.target + ", plan "
                    + live.entry.planHash + (request.reason.empty() ? "" : ": " + request.reason)});
    if (!failed)
        failed = write(live);
    if (failed)
        return refusal(Refusal::Reason::NoRecord,
                       "nothing was done, because it could not be written down: " + failed->why);

    std::string const id = live.entry.id;
    rememberKey(live.entry);
    Live& kept = live_.emplace(id, std::move(live)).first->second;
    ++health_.started;
    if (applySteps(kept))
        settle(kept);
    return get(id);
}

bool HostKeeper::applySteps(Live& live) {
    auto const lease = std::min(live.leaseUntil, live.endsAt) - now_;
    for (std::size_t step = 0; step < live.entry.steps.size(); ++step) {
        live.entry.begun = step + 1;
        if (auto failed = write(live)) {
            beginRevert(live, EndReason::ApplyFailed, failed->why);
            return false;
        }
        at(Point::BeforeApply);
        auto const failed = injectors::apply(live.entry.steps[step], lease, settings_.tools);
        at(Point::AfterApply);
        if (failed) {
            beginRevert(live, EndReason::ApplyFailed, failed->why);
            return false;
        }
    }
    return true;
}

void HostKeeper::settle(Live& live) {
    if (live.entry.state == FaultState::Applying)
        settleApplying(live);
    else if (live.entry.state == FaultState::Reverting)
        settleReverting(live);
}

void HostKeeper::settleApplying(Live& live) {
    for (auto const& step : live.entry.steps) {
        auto const verdict = injectors::isApplied(step, settings_.tools);
        if (verdict.is == Is::So)
            continue;
        if (verdict.is == Is::NotSo || now_ >= live.decideBy)
            beginRevert(live, EndReason::ApplyFailed, verdict.why);
        return;
    }
    live.entry.state = FaultState::Applied;
    (void)write(live); // if not: it is found as Applying, and taken back all the same
    tell("applied", live.entry.id, "");
}

void HostKeeper::beginRevert(Live& live, EndReason reason, std::string const& detail) {
    live.entry.state = FaultState::Reverting;
    live.entry.reason = reason;
    live.entry.detail = detail;
    live.revertBegan = system::sinceBoot();
    live.decideBy = now_ + patience;
    (void)record({"agent", "revert", live.entry.id, nameOf(reason)});
    (void)write(live); // what cannot be written down is taken back all the same
    tell("reverting", live.entry.id, nameOf(reason));
    revertSteps(live);
    settle(live);
}

void HostKeeper::revertSteps(Live& live) {
    for (std::size_t step = live.entry.begun; step-- > 0;) {
        at(Point::BeforeRevert);
        auto const failed = injectors::revert(live.entry.steps[step], settings_.tools);
        at(Point::AfterRevert);
        if (failed)
            live.entry.detail = failed->why;
    }
}

void HostKeeper::settleReverting(Live& live) {
    for (std::size_t step = live.entry.begun; step-- > 0;) {
        auto const verdict = injectors::isReverted(live.entry.steps[step], settings_.tools);
        if (verdict.is == Is::So || (verdict.is == Is::NotYet && now_ < live.decideBy)) {
            if (verdict.is == Is::NotYet)
                return;
            continue;
        }
        live.entry.state = FaultState::Stuck;
        live.entry.detail = verdict.why
                            + (live.entry.detail.empty() || live.entry.detail == verdict.why
                                   ? ""
                                   : " (" + live.entry.detail + ")");
        live.retryAt = now_ + betweenTries;
        (void)record({"agent", "stuck", live.entry.id, live.entry.detail});
        (void)write(live);
        tell("stuck", live.entry.id, live.entry.detail);
        return;
    }
    live.entry.state =
        live.entry.reason == EndReason::ApplyFailed ? FaultState::Failed : FaultState::Reverted;
    finish(live);
}

void HostKeeper::finish(Live& live) {
    live.entry.endedAtMs = system::wallClockMs();
    ++health_.reverted;
    health_.revertSeconds += (system::sinceBoot() - live.revertBegan).inSeconds();
    (void)record({"agent", nameOf(live.entry.state), live.entry.id, live.entry.detail});
    (void)write(live);
    ended_.push_front(reportOf(live.entry, nullptr));
    if (ended_.size() > endedAtHand) {
        std::erase_if(keys_, [&](auto const& known) { return known.second == ended_.back().id; });
        ended_.pop_back();
        (void)journal_.forget(endedAtHand);
    }
    tell(nameOf(live.entry.state), live.entry.id, live.entry.detail);
}

void HostKeeper::endIfDue(Live& live) {
    auto const state = live.entry.state;
    if (state != FaultState::Applying && state != FaultState::Applied)
        return;
    if (now_ >= live.endsAt)
        beginRevert(live, EndReason::Duration, "");
    else if (now_ >= live.leaseUntil)
        beginRevert(live, EndReason::LeaseExpired, live.entry.owner + " did not renew its lease");
}

void HostKeeper::tick(Duration now) {
    now_ = std::max(now_, now);
    for (auto& [id, live] : live_) {
        endIfDue(live);
        settle(live);
        if (live.entry.state == FaultState::Stuck && now_ >= live.retryAt) {
            live.entry.state = FaultState::Reverting;
            live.decideBy = now_ + patience;
            live.entry.detail.clear();
            revertSteps(live);
            settle(live);
        }
    }
    std::erase_if(live_, [](auto const& one) { return isOver(one.second.entry.state); });
}

void HostKeeper::shutDown() {
    for (auto& [id, live] : live_)
        if (live.entry.state == FaultState::Applying || live.entry.state == FaultState::Applied)
            beginRevert(live, EndReason::Shutdown, "");
    tick(now_);
}

HostKeeper::Live* HostKeeper::find(std::string const& id) {
    auto const found = live_.find(id);
    return found == live_.end() || isOver(found->second.entry.state) ? nullptr : &found->second;
}

Or<FaultReport> HostKeeper::renew(std::string const& id, Caller const& caller) {
    Live* live = find(id);
    if (live == nullptr) {
        auto gone = get(id);
        if (std::holds_alternative<Refusal>(gone))
            return gone;
        return refusal(Refusal::Reason::NotFound, "fault " + id + " is over");
    }
    if (live->entry.owner != caller.name && caller.role != Role::Admin)
        return refusal(Refusal::Reason::NotYours, "fault " + id + " is of " + live->entry.owner);
    if (live->entry.state != FaultState::Applying && live->entry.state != FaultState::Applied)
        return reportOf(live->entry, live);
    live->leaseUntil = now_ + live->entry.request.lease;
    auto const left = std::min(live->leaseUntil, live->endsAt) - now_;
    for (auto const& step : live->entry.steps)
        if (auto const failed = injectors::renew(step, left, settings_.tools)) {
            beginRevert(*live, EndReason::ApplyFailed, "it is no longer in place: " + failed->why);
            break;
        }
    return reportOf(live->entry, live);
}

Or<FaultReport> HostKeeper::stop(std::string const& id, Caller const& caller) {
    Live* live = find(id);
    if (live == nullptr)
        return get(id);
    if (live->entry.owner != caller.name && caller.role != Role::Admin)
        return refusal(Refusal::Reason::NotYours, "fault " + id + " is of " + live->entry.owner);
    if (live->entry.state == FaultState::Stuck) {
        live->retryAt = now_;
        tick(now_);
    } else if (live->entry.state != FaultState::Reverting) {
        (void)record({caller.name, "stop", id, ""});
        beginRevert(*live, EndReason::Stopped, "");
    }
    return get(id);
}

Or<FaultReport> HostKeeper::get(std::string const& id) const {
    if (auto const found = live_.find(id); found != live_.end())
        return reportOf(found->second.entry, &found->second);
    for (auto const& report : ended_)
        if (report.id == id)
            return report;
    return refusal(Refusal::Reason::NotFound, "there is no fault " + id);
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
    report.startedAtMs = entry.startedAtMs;
    report.endedAtMs = entry.endedAtMs;
    if (live != nullptr
        && (entry.state == FaultState::Applying || entry.state == FaultState::Applied)) {
        report.leaseLeft = std::max(Duration(), live->leaseUntil - now_);
        report.durationLeft = std::max(Duration(), live->endsAt - now_);
    }
    return report;
}

} // namespace shakedown::safety
