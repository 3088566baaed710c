#include "chaos-agent/safety/host_keeper.hpp"

#include <algorithm>

#include "chaos-agent/system/boot.hpp"

/// Time, and what it ends: taking back, looking at it, and trying again.
namespace shakedown::safety {

namespace {

using protocol::EndReason;
using protocol::FaultState;
using Is = injectors::Verdict::Is;

constexpr Duration betweenTries = Duration::seconds(5);

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

} // namespace shakedown::safety
