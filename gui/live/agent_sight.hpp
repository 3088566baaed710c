#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <vector>

#include "chaos-agent/protocol/fault.hpp"
#include "gui/live/agent_place.hpp"
#include "gui/session/snapshot.hpp"

namespace shakedown::gui {

/// What was last seen of an agent.
struct AgentSight {
    enum class State : std::uint8_t { Connecting, Reachable, Lost };

    AgentPlace place;
    State state = State::Connecting;
    QString why; // it is lost
    protocol::Halt halt;
    std::vector<protocol::FaultReport> faults;  // as told when it was last reached
    std::chrono::steady_clock::time_point seen; // when that was
    bool wasSeen = false;
};

bool isInForce(protocol::FaultReport const& fault);
std::vector<protocol::FaultReport> inForce(AgentSight const& sight);
/// What is left now of a span that the agent told, at least 0: of a lease that nobody renews.
Duration leftNow(AgentSight const& sight, Duration told, std::chrono::steady_clock::time_point now);
/// How long its faults can last if their owners are silent from now on; nothing if none is known to
/// be at work.
std::optional<Duration> longestLease(AgentSight const& sight,
                                     std::chrono::steady_clock::time_point now);

/// How it fares, and the words for that: "2 faults at work", "not reached: ...".
Health healthOf(AgentSight const& sight);
QString wordsOf(AgentSight const& sight);
Health healthOf(protocol::FaultReport const& fault);
QString wordsOf(protocol::FaultState state);

} // namespace shakedown::gui
