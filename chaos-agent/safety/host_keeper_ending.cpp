#include "chaos-agent/safety/host_keeper.hpp"

#include <algorithm>

#include "chaos-agent/system/boot.hpp"
#include "chaos-agent/system/host_load.hpp"

/// Time, and what it ends: taking back, looking at it, and trying again.
namespace shakedown::safety {

namespace {

using protocol::EndReason;
using protocol::FaultState;
using Is = injectors::Verdict::Is;

constexpr Duration betweenTries = Duration::seconds(5);
// For looks at faults in one tick: the next one may have to end others.
constexpr Duration forLooks = Duration::milliseconds(500);

// Whatever one of them throws, the others are to be taken back.
system::Failed revertOf(injectors::Operation const& step, injectors::Tools const& tools) {
    try {
        return injectors::revert(step, tools);
    } catch (std::exception const& e) {
        return system::Failure{e.what()};
    }
}

injectors::Verdict isRevertedOf(injectors::Operation const& step, injectors::Tools const& tools) {
    try {
        return injectors::isReverted(step, tools);
    } catch (std::exception const& e) {
        return {Is::NotSo, e.what()};
    }
}

bool loadsHost(JournalEntry const& entry) {
    return std::any_of(entry.steps.begin(), entry.steps.end(), injectors::loadsHost);
}

} // namespace

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
        if (verdict.is == Is::NotSo || now_ >= live.decideBy) {
            beginRevert(live, EndReason::ApplyFailed, verdict.why);
            settleReverting(live);
        }
        return;
    }
    live.entry.state = FaultState::Applied;
    if (loadsHost(live.entry))
        live.entry.facts = "once applied: " + system::loadOfHost();
    (void)write(live); // if not: it is found as Applying, and taken back all the same
    tell("applied", live.entry.id, live.entry.facts);
}

void HostKeeper::beginRevert(Live& live, EndReason reason, std::string const& detail) {
    bool const wasApplied = live.entry.state == FaultState::Applied;
    live.entry.state = FaultState::Reverting;
    live.entry.reason = reason;
    live.entry.detail = detail;
    live.revertBegan = system::sinceBoot();
    if (wasApplied && loadsHost(live.entry))
        live.entry.facts += "; before the end: " + system::loadOfHost();
    live.decideBy = now_ + patience;
    (void)record({"agent", "revert", live.entry.id, nameOf(reason)});
    (void)write(live); // what cannot be written down is taken back all the same
    tell("reverting", live.entry.id, nameOf(reason));
    revertSteps(live);
}

void HostKeeper::revertSteps(Live& live) {
    live.isRefused = false;
    for (std::size_t step = live.entry.begun; step-- > 0;) {
        at(Point::BeforeRevert);
        auto const failed = revertOf(live.entry.steps[step], settings_.tools);
        at(Point::AfterRevert);
        if (failed) {
            live.isRefused = true;
            live.entry.detail = failed->why;
        }
    }
}

void HostKeeper::settleReverting(Live& live) {
    for (std::size_t step = live.entry.begun; step-- > 0;) {
        auto const verdict = isRevertedOf(live.entry.steps[step], settings_.tools);
        if (verdict.is == Is::So)
            continue;
        if (verdict.is == Is::NotSo || live.isRefused || now_ >= live.decideBy) {
            std::string const also = live.entry.detail;
            stick(live,
                  verdict.why + (also.empty() || also == verdict.why ? "" : " (" + also + ")"));
        }
        return;
    }
    live.entry.state =
        live.entry.reason == EndReason::ApplyFailed ? FaultState::Failed : FaultState::Reverted;
    finish(live);
}

// Told when it is news: a fault may be stuck for days.
void HostKeeper::stick(Live& live, std::string const& why) {
    live.entry.state = FaultState::Stuck;
    live.entry.detail = why;
    live.retryAt = now_ + betweenTries;
    if (live.toldStuck == why)
        return;
    live.toldStuck = why;
    (void)record({"agent", "stuck", live.entry.id, why});
    (void)write(live);
    tell("stuck", live.entry.id, why);
}

void HostKeeper::finish(Live& live) {
    live.entry.endedAtMs = system::wallClockMs();
    ++health_.reverted;
    health_.revertSeconds += (system::sinceBoot() - live.revertBegan).inSeconds();
    std::string more = live.entry.detail;
    if (!live.entry.facts.empty())
        more += (more.empty() ? "" : "; ") + live.entry.facts;
    (void)record({"agent", nameOf(live.entry.state), live.entry.id, more});
    writeEnd(live);
    ended_.push_front(reportOf(live.entry, nullptr));
    if (ended_.size() > endedAtHand) {
        std::erase_if(keys_, [&](auto const& known) { return known.second == ended_.back().id; });
        ended_.pop_back();
        (void)journal_.forget(endedAtHand);
    }
    tell(nameOf(live.entry.state), live.entry.id, more);
}

// Whoever reads the journal takes back what is not over there, however long ago it was.
void HostKeeper::writeEnd(Live& live) {
    live.isWritten = !write(live);
    live.retryAt = now_ + betweenTries;
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
    // What is due is taken back before anything is looked at: a look may take seconds.
    for (auto& [id, live] : live_)
        endIfDue(live);
    settleSome();
    for (auto& [id, live] : live_)
        if (!live.isWritten && now_ >= live.retryAt)
            writeEnd(live);
    std::erase_if(live_, [](auto const& one) {
        return isOver(one.second.entry.state) && one.second.isWritten;
    });
}

// In turn, as far as the time goes.
void HostKeeper::settleSome() {
    auto const until = system::sinceBoot() + forLooks;
    auto one = live_.upper_bound(settledLast_);
    for (std::size_t i = 0; i < live_.size(); ++i, ++one) {
        if (i > 0 && system::sinceBoot() >= until)
            return;
        if (one == live_.end())
            one = live_.begin();
        settledLast_ = one->first;
        settle(one->second);
        retry(one->second);
    }
}

void HostKeeper::retry(Live& live) {
    if (live.entry.state != FaultState::Stuck || !live.entry.unreadable.empty()
        || now_ < live.retryAt)
        return;
    live.entry.state = FaultState::Reverting;
    live.decideBy = now_ + patience;
    live.entry.detail.clear();
    revertSteps(live);
    settle(live);
}

void HostKeeper::shutDown() {
    for (auto& [id, live] : live_)
        if (live.entry.state == FaultState::Applying || live.entry.state == FaultState::Applied)
            beginRevert(live, EndReason::Shutdown, "");
    tick(now_);
}

} // namespace shakedown::safety
