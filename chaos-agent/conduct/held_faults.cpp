#include "chaos-agent/conduct/held_faults.hpp"

#include <algorithm>
#include <chrono>

namespace shakedown::conduct {

namespace {

using namespace std::chrono_literals;
using protocol::ClientError;
using protocol::FaultReport;
using protocol::FaultState;
using protocol::OrError;
using SteadyClock = std::chrono::steady_clock;

// A revert itself takes time: a process is started again, a service answers again.
constexpr auto revertPatience = 30s;
// Beyond its lease the watchdog, or the kernel, has ended the fault.
constexpr auto leaseGrace = 2s;
constexpr auto look = 50ms;

std::chrono::nanoseconds spanOf(Duration span) {
    return std::chrono::nanoseconds(span.count());
}

bool isOver(FaultReport const& report) {
    return report.state == FaultState::Reverted || report.state == FaultState::Failed;
}

// Ended by what its client asked for, at the start or later.
bool endedAsAsked(FaultReport const& report) {
    return report.reason == protocol::EndReason::Duration
           || report.reason == protocol::EndReason::Stopped;
}

} // namespace

HeldFaults::HeldFaults(std::vector<HeldAgent> agents) : agents_(std::move(agents)) {
    for (std::uint32_t agent = 0; agent < agents_.size(); ++agent)
        renewals_.emplace_back(
            [this, agent](std::stop_token const& stop) { keepRenewing(agent, stop); });
}

HeldFaults::~HeldFaults() {
    endAll();
}

std::variant<HeldFaults::Started, HeldFaults::NotStarted>
HeldFaults::start(AgentFault const& fault, Duration duration, std::string const& key) {
    auto request = fault.request;
    request.duration = duration;
    auto& agent = agents_[fault.agent];
    auto const asked = SteadyClock::now();
    auto answer = agent.port->start(request, key);
    if (auto const* error = std::get_if<ClientError>(&answer);
        error != nullptr && error->kind == ClientError::Kind::Unreachable)
        answer = agent.port->start(request, key); // it may have been heard
    std::string const what = std::string(protocol::nameOf(request.what)) + " of " + request.target;
    if (auto const* error = std::get_if<ClientError>(&answer)) {
        std::string why = "agent " + agent.name + " does not start " + what + ": " + error->message;
        if (error->kind == ClientError::Kind::Unreachable)
            why += "; if it was started after all, it ends with its lease";
        return NotStarted{std::move(why)};
    }
    auto const& report = std::get<FaultReport>(answer);
    std::lock_guard const lock(mutex_);
    held_.push_back(
        {fault.agent, report.id, what, request.lease, asked + spanOf(duration), asked, false});
    wake_.notify_all();
    return Started{held_.size() - 1, report.id};
}

bool HeldFaults::isHeld(std::size_t number) const {
    std::lock_guard const lock(mutex_);
    return number < held_.size() && !held_[number].isOver;
}

std::optional<std::string> HeldFaults::lost() const {
    std::lock_guard const lock(mutex_);
    return lost_;
}

void HeldFaults::lose(std::string why) {
    if (!lost_)
        lost_ = std::move(why);
}

HeldFaults::Ended HeldFaults::end(std::size_t number) {
    Held held;
    {
        std::lock_guard const lock(mutex_);
        held = held_[number];
        if (held.isOver)
            return {number, TakenBack::Reverted, "", ""};
    }
    auto& port = *agents_[held.agent].port;
    auto const begun = SteadyClock::now();
    OrError<FaultReport> answer = port.stop(held.id);
    Ended ended{number, TakenBack::Unconfirmed, "", ""};
    for (;;) {
        if (auto const* report = std::get_if<FaultReport>(&answer)) {
            if (isOver(*report)) {
                ended.how = TakenBack::Reverted;
                if (!report->facts.empty())
                    ended.facts = held.what + ": " + report->facts;
                break;
            }
            if (report->state == FaultState::Stuck || SteadyClock::now() - begun > revertPatience) {
                ended = {number, TakenBack::Stuck,
                         held.what + " could not be taken back by agent " + nameOf(held) + ": "
                             + (report->detail.empty() ? "it takes too long" : report->detail),
                         ""};
                break;
            }
            std::this_thread::sleep_for(look);
            answer = port.get(held.id);
            continue;
        }
        auto const& error = std::get<ClientError>(answer);
        auto const leaseEnds = std::max(begun, held.renewed + spanOf(held.lease)) + leaseGrace;
        if (error.kind != ClientError::Kind::Unreachable || SteadyClock::now() > leaseEnds) {
            ended.detail = "agent " + nameOf(held) + " does not say what became of " + held.what
                           + " (" + held.id + "): " + error.message
                           + "; without us it ends with its lease of "
                           + std::to_string(held.lease.count() / 1'000'000'000) + " s";
            break;
        }
        std::this_thread::sleep_for(4 * look);
        answer = port.stop(held.id);
    }
    std::lock_guard const lock(mutex_);
    held_[number].isOver = true;
    return ended;
}

std::vector<HeldFaults::Ended> HeldFaults::endAll() {
    std::vector<std::size_t> left;
    {
        std::lock_guard const lock(mutex_);
        for (std::size_t i = held_.size(); i-- > 0;)
            if (!held_[i].isOver)
                left.push_back(i);
    }
    std::vector<Ended> ended;
    for (auto const number : left)
        ended.push_back(end(number));
    return ended;
}

std::vector<std::size_t> HeldFaults::dueOf(std::uint32_t agent) const {
    std::vector<std::size_t> due;
    auto const now = SteadyClock::now();
    for (std::size_t i = 0; i < held_.size(); ++i)
        if (held_[i].agent == agent && !held_[i].isOver && now < held_[i].ends)
            due.push_back(i);
    return due;
}

// An agent that hangs must not keep the leases of others: each has a thread.
void HeldFaults::keepRenewing(std::uint32_t agent, std::stop_token const& stop) {
    std::unique_lock lock(mutex_);
    while (!stop.stop_requested()) {
        auto const due = dueOf(agent);
        Duration lease = protocol::leaseUnlessTold;
        for (auto const number : due)
            lease = std::min(lease, held_[number].lease);
        auto const known = held_.size();
        if (due.empty())
            wake_.wait(lock, stop, [&] { return held_.size() != known; });
        else
            wake_.wait_for(lock, stop, spanOf(lease) / 3, [&] { return held_.size() != known; });
        for (auto const number : dueOf(agent)) {
            if (stop.stop_requested())
                return;
            std::string const id = held_[number].id;
            lock.unlock();
            auto const asked = SteadyClock::now();
            auto answer = agents_[agent].port->renew(id);
            auto const* error = std::get_if<ClientError>(&answer);
            bool const isRefused = error != nullptr && error->kind == ClientError::Kind::Refused;
            if (isRefused)
                answer = agents_[agent].port->get(id); // it may be over
            lock.lock();
            if (!isRefused && error == nullptr)
                held_[number].renewed = asked;
            noteRenewal(number, answer);
        }
    }
}

void HeldFaults::noteRenewal(std::size_t number, OrError<FaultReport> const& answer) {
    Held& held = held_[number];
    if (held.isOver)
        return;
    if (auto const* report = std::get_if<FaultReport>(&answer)) {
        if (!isOver(*report))
            return;
        held.isOver = true;
        if (!endedAsAsked(*report))
            lose("agent " + nameOf(held) + " ended " + held.what + ": "
                 + protocol::nameOf(report->reason)
                 + (report->detail.empty() ? "" : ", " + report->detail));
        return;
    }
    auto const& error = std::get<ClientError>(answer);
    bool const isLate = SteadyClock::now() > held.renewed + spanOf(held.lease);
    if (isLate || error.kind == ClientError::Kind::Refused)
        lose("agent " + nameOf(held) + " is lost: " + error.message);
}

} // namespace shakedown::conduct
