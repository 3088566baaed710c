#include "chaos-agent/safety/host_keeper.hpp"

#include "chaos-agent/faults/capabilities.hpp"
#include "chaos-agent/system/boot.hpp"

/// The lever, and what the keeper tells of itself.
namespace shakedown::safety {

namespace {
constexpr std::size_t deniedAMinute = 100;
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
        if (live.entry.state == protocol::FaultState::Applying
            || live.entry.state == protocol::FaultState::Applied)
            beginRevert(live, protocol::EndReason::Halted, reason);
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

void HostKeeper::onDenied(std::string const& who, std::string const& what) {
    ++health_.refused;
    constexpr Duration minute = Duration::seconds(60);
    if (now_ - deniedSince_ >= minute) {
        if (denied_ > deniedAMinute)
            (void)record({"agent", "denied", "",
                          std::to_string(denied_ - deniedAMinute) + " more in that minute"});
        deniedSince_ = now_;
        denied_ = 0;
    }
    // Who knocks all day must not fill the disk.
    if (++denied_ <= deniedAMinute)
        (void)record({who, "denied", "", what});
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
    health.isWatched = isWatched_;
    for (auto const& [id, live] : live_) {
        health.active += live.entry.state == protocol::FaultState::Applying
                         || live.entry.state == protocol::FaultState::Applied;
        health.stuck += live.entry.state == protocol::FaultState::Stuck;
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
    return injectors::capabilitiesOf(settings_.targets, settings_.spared);
}

} // namespace shakedown::safety
