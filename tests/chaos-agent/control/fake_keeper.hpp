#pragma once

#include <functional>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "chaos-agent/safety/keeper.hpp"

namespace shakedown::tests {

// A keeper that does nothing to anybody: it remembers what it was asked, and refuses as told.
class FakeKeeper : public safety::Keeper {
public:
    template <class T>
    using Or = safety::Or<T>;

    // The next call that can be refused is.
    std::optional<safety::Refusal> refuseNext;
    std::vector<std::pair<std::string, std::string>> denied; // who, what
    std::vector<std::string> calls;                          // "start", "stop 1", ...
    safety::Caller caller;                                   // of the last call
    std::string key;                                         // of the last start
    std::string reason;                                      // of the last halt
    protocol::FaultRequest request;                          // of the last plan or start
    Health told;
    std::size_t eventsKept = 1000;

    void tell(std::string const& what, std::string const& fault = "", std::string detail = "") {
        events_.push_back({events_.size() + 1, 1'700'000'000'000, what, fault, std::move(detail)});
        if (listener_) {
            listener_(events_.back());
        }
    }
    bool isListenedTo() const { return static_cast<bool>(listener_); }

    Or<protocol::PlanReport> plan(protocol::FaultRequest const& asked) override {
        calls.emplace_back("plan");
        request = asked;
        return orRefused(protocol::PlanReport{"feed", {{"add a rule", "delete it"}}, false});
    }
    Or<protocol::FaultReport> start(protocol::FaultRequest const& asked, safety::Caller const& who,
                                    std::string const& same) override {
        calls.emplace_back("start");
        request = asked;
        caller = who;
        key = same;
        return orRefused(report("0123456789abcdef", protocol::FaultState::Applied));
    }
    Or<protocol::FaultReport> renew(std::string const& id, safety::Caller const& who) override {
        return seen("renew ", id, who, protocol::FaultState::Applied);
    }
    Or<protocol::FaultReport> stop(std::string const& id, safety::Caller const& who) override {
        return seen("stop ", id, who, protocol::FaultState::Reverted);
    }
    Or<protocol::FaultReport> get(std::string const& id) const override {
        if (id != "0123456789abcdef") {
            return safety::Refusal{safety::Refusal::Reason::NotFound, "no fault " + id};
        }
        return report(id, protocol::FaultState::Applied);
    }
    std::vector<protocol::FaultReport> list() const override {
        return {report("0123456789abcdef", protocol::FaultState::Applied)};
    }
    std::vector<protocol::Capability> capabilities() const override {
        return {{"loss", "", false, "no nftables"}, {"hang", "orders", true, ""}};
    }
    std::vector<std::string> targets() const override { return {"orders", "stock"}; }

    protocol::Halt halted() const override { return halt_; }
    Or<protocol::Halt> halt(std::string const& why, safety::Caller const& who) override {
        calls.emplace_back("halt");
        caller = who;
        reason = why;
        halt_ = {true, why, who.name, 1'700'000'000'000};
        return orRefused(halt_);
    }
    Or<protocol::Halt> release(safety::Caller const& who) override {
        calls.emplace_back("release");
        caller = who;
        halt_ = {};
        return orRefused(halt_);
    }

    void onDenied(std::string const& who, std::string const& what) override {
        denied.emplace_back(who, what);
    }
    std::vector<std::string> audit(std::size_t count) const override {
        return std::vector<std::string>(count, R"({"what":"started"})");
    }
    void onEvent(std::function<void(protocol::AgentEvent const&)> listener) override {
        listener_ = std::move(listener);
    }
    std::vector<protocol::AgentEvent> eventsAfter(std::uint64_t number) const override {
        std::vector<protocol::AgentEvent> after;
        for (auto const& event : events_) {
            bool const isKept = event.number + eventsKept > events_.size();
            if (event.number > number && isKept) {
                after.push_back(event);
            }
        }
        return after;
    }
    Health health() const override { return told; }

private:
    template <class T>
    Or<T> orRefused(T value) {
        if (refuseNext) {
            return *std::exchange(refuseNext, std::nullopt);
        }
        return value;
    }
    Or<protocol::FaultReport> seen(char const* what, std::string const& id,
                                   safety::Caller const& who, protocol::FaultState state) {
        calls.push_back(what + id);
        caller = who;
        return orRefused(report(id, state));
    }
    protocol::FaultReport report(std::string const& id, protocol::FaultState state) const {
        protocol::FaultReport report;
        report.id = id;
        report.planHash = "feed";
        report.request = request;
        report.request.target = "orders";
        report.request.duration = Duration::seconds(30);
        report.request.what = protocol::Hang{};
        report.request.way = protocol::Way::Both;
        report.request.peers.clear();
        report.owner = caller.name;
        report.state = state;
        report.startedAtMs = 1'700'000'000'000;
        return report;
    }

    std::vector<protocol::AgentEvent> events_;
    std::function<void(protocol::AgentEvent const&)> listener_;
    protocol::Halt halt_;
};

} // namespace shakedown::tests
