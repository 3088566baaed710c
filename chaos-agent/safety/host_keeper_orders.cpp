#include "chaos-agent/safety/host_keeper.hpp"

#include <algorithm>

#include "chaos-agent/system/boot.hpp"

/// What people order of faults that are at work: go on, end, and all of you end.
namespace shakedown::safety {

namespace {

using protocol::EndReason;
using protocol::FaultReport;
using protocol::FaultState;

} // namespace

Refusal HostKeeper::notYours(Live const& live, Caller const& caller, std::string const& what) {
    std::string const why = "fault " + live.entry.id + " is of " + live.entry.owner;
    record({caller.name, "refused", live.entry.id, what + ": " + why}, refused_);
    return {Refusal::Reason::NotYours, why};
}

Or<FaultReport> HostKeeper::renew(std::string const& id, Caller const& caller) {
    Live* live = find(id);
    if (live == nullptr) {
        auto gone = get(id);
        if (std::holds_alternative<Refusal>(gone))
            return gone;
        return Refusal{Refusal::Reason::NotFound, "fault " + id + " is over"};
    }
    if (live->entry.owner != caller.name && caller.role != Role::Admin)
        return notYours(*live, caller, "renew");
    if (live->entry.state != FaultState::Applying && live->entry.state != FaultState::Applied)
        return reportOf(live->entry, live);
    live->leaseUntil = now_ + live->entry.request.lease;
    auto const left = std::min(live->leaseUntil, live->endsAt) - now_;
    for (auto const& step : live->entry.steps)
        if (auto const failed = injectors::renew(step, left, settings_.tools)) {
            beginRevert(*live, EndReason::ApplyFailed, "it is no longer in place: " + failed->why);
            settle(*live);
            break;
        }
    return reportOf(live->entry, live);
}

Or<FaultReport> HostKeeper::stop(std::string const& id, Caller const& caller) {
    Live* live = find(id);
    if (live == nullptr)
        return get(id);
    if (live->entry.owner != caller.name && caller.role != Role::Admin)
        return notYours(*live, caller, "stop");
    if (live->entry.state == FaultState::Stuck) {
        live->retryAt = now_;
        retry(*live);
    } else if (live->entry.state != FaultState::Reverting) {
        (void)record({caller.name, "stop", id, ""});
        beginRevert(*live, EndReason::Stopped, "");
        settle(*live);
    }
    return get(id);
}

Or<protocol::Halt> HostKeeper::halt(std::string const& reason, Caller const& caller) {
    protocol::Halt const before = halt_;
    // Whoever pulls it first is the one who is named; what is at work ends in any case.
    if (!before.on)
        halt_ = {true, reason, caller.name, system::wallClockMs()};
    auto const recorded = record({caller.name, "halt", "", reason});
    auto const written = journal_.setHalt(halt_, audit_.tail());
    tell("halted", "", reason);
    for (auto& [id, live] : live_)
        if (live.entry.state == FaultState::Applying || live.entry.state == FaultState::Applied)
            beginRevert(live, EndReason::Halted, reason);
    settleSome();
    if (recorded || written)
        return Refusal{Refusal::Reason::NoRecord,
                       "halted, and everything is taken back, but it could not be written down and"
                       " would not hold across a restart: "
                           + (recorded ? recorded : written)->why};
    return halt_;
}

Or<protocol::Halt> HostKeeper::release(Caller const& caller) {
    if (!halt_.on)
        return halt_;
    auto failed = record({caller.name, "release", "", halt_.reason});
    protocol::Halt const off{false, "", caller.name, system::wallClockMs()};
    if (!failed)
        failed = journal_.setHalt(off, audit_.tail());
    if (failed)
        return Refusal{Refusal::Reason::NoRecord,
                       "still halted, because the release could not be written down: "
                           + failed->why};
    halt_ = off;
    tell("released", "", "");
    return halt_;
}

} // namespace shakedown::safety
