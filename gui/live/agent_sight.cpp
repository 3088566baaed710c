#include "gui/live/agent_sight.hpp"

#include <algorithm>
#include <iterator>

namespace shakedown::gui {

namespace {

using protocol::FaultState;

long countOf(AgentSight const& sight, bool (*is)(protocol::FaultReport const&)) {
    return std::count_if(sight.faults.begin(), sight.faults.end(), is);
}

bool isStuck(protocol::FaultReport const& fault) {
    return fault.state == FaultState::Stuck;
}

QString faultsWords(long count) {
    return count == 0   ? QString("no fault at work")
           : count == 1 ? QString("1 fault at work")
                        : QString("%1 faults at work").arg(count);
}

} // namespace

bool isInForce(protocol::FaultReport const& fault) {
    return fault.state != FaultState::Reverted && fault.state != FaultState::Failed;
}

std::vector<protocol::FaultReport> inForce(AgentSight const& sight) {
    std::vector<protocol::FaultReport> faults;
    std::copy_if(sight.faults.begin(), sight.faults.end(), std::back_inserter(faults), isInForce);
    return faults;
}

Duration leftNow(AgentSight const& sight, Duration told,
                 std::chrono::steady_clock::time_point now) {
    auto const passed = std::chrono::duration_cast<std::chrono::nanoseconds>(now - sight.seen);
    return std::max(Duration(), told - Duration::nanoseconds(passed.count()));
}

std::optional<Duration> longestLease(AgentSight const& sight,
                                     std::chrono::steady_clock::time_point now) {
    std::optional<Duration> longest;
    for (auto const& fault : inForce(sight))
        longest = std::max(longest.value_or(Duration()), leftNow(sight, fault.leaseLeft, now));
    return longest;
}

Health healthOf(AgentSight const& sight) {
    if (sight.state == AgentSight::State::Connecting)
        return Health::Busy;
    if (sight.state == AgentSight::State::Lost)
        return Health::Down;
    if (countOf(sight, isStuck) > 0)
        return Health::Failing;
    return sight.halt.on || countOf(sight, isInForce) > 0 ? Health::Strained : Health::Calm;
}

QString wordsOf(AgentSight const& sight) {
    if (sight.state == AgentSight::State::Connecting)
        return "connecting...";
    if (sight.state == AgentSight::State::Lost) {
        auto const left = longestLease(sight, std::chrono::steady_clock::now());
        return "not reached: " + sight.why + (left ? "; what was at work ends with its lease" : "");
    }
    if (auto const stuck = countOf(sight, isStuck); stuck > 0)
        return QString("STUCK: %1 could not be taken back").arg(stuck);
    QString const faults = faultsWords(countOf(sight, isInForce));
    if (sight.halt.on)
        return QString("HALTED by %1: %2; %3")
            .arg(QString::fromStdString(sight.halt.by), QString::fromStdString(sight.halt.reason),
                 faults);
    return "reachable, " + faults;
}

Health healthOf(protocol::FaultReport const& fault) {
    switch (fault.state) {
    case FaultState::Applying:
    case FaultState::Reverting:
        return Health::Busy;
    case FaultState::Applied:
        return Health::Strained;
    case FaultState::Reverted:
        return Health::Calm;
    case FaultState::Stuck:
        return Health::Failing;
    case FaultState::Failed:
        break;
    }
    return Health::Down;
}

QString wordsOf(FaultState state) {
    switch (state) {
    case FaultState::Applying:
        return "begins";
    case FaultState::Applied:
        return "at work";
    case FaultState::Reverting:
        return "taken back now";
    case FaultState::Reverted:
        return "taken back";
    case FaultState::Stuck:
        return "STUCK";
    case FaultState::Failed:
        break;
    }
    return "never began";
}

} // namespace shakedown::gui
